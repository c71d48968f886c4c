package dev.usher.factor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private final Randomness randomness = new Randomness();
    private final Vault vault = new Vault(randomness.bytes(32), randomness);
    private final Totp totp = new Totp(vault, new Ids(randomness), randomness);
    private final String sealed = vault.seal("12345678901234567890".getBytes(StandardCharsets.US_ASCII), "totp_1");

    private OptionalLong step(String code, long seconds, OptionalLong last) {
        return totp.step(new Totp.Kept("totp_1", sealed, last), code, Instant.ofEpochSecond(seconds));
    }

    /** RFC 6238, appendix B, cut to six digits. */
    @ParameterizedTest
    @CsvSource({
        "59,287082",
        "1111111109,081804",
        "1111111111,050471",
        "1234567890,005924",
        "2000000000,279037",
        "20000000000,353130"
    })
    void knowsThePublishedCodes(long seconds, String code) {
        assertThat(step(code, seconds, OptionalLong.empty())).hasValue(seconds / 30);
    }

    @Test
    void toleratesOneStepBackAndNoneAhead() {
        long at = 1111111109;
        assertThat(step("081804", at + 30, OptionalLong.empty())).hasValue(at / 30);
        assertThat(step("081804", at + 60, OptionalLong.empty())).isEmpty();
        assertThat(step("081804", at - 30, OptionalLong.empty())).isEmpty();
    }

    @Test
    void takesNoStepThatWasSpentOrPassed() {
        long at = 1111111109;
        assertThat(step("081804", at, OptionalLong.of(at / 30))).isEmpty();
        assertThat(step("081804", at, OptionalLong.of(at / 30 + 1))).isEmpty();
        assertThat(step("081804", at, OptionalLong.of(at / 30 - 1))).hasValue(at / 30);
    }

    /** RFC 4648, section 10. */
    @ParameterizedTest
    @CsvSource({"f,MY", "fo,MZXQ", "foo,MZXW6", "foob,MZXW6YQ", "fooba,MZXW6YTB", "foobar,MZXW6YTBOI"})
    void writesBase32(String plain, String text) {
        assertThat(Base32.text(plain.getBytes(StandardCharsets.US_ASCII))).isEqualTo(text);
    }
}
