package dev.usher.user;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @CsvSource({
        "Ann@Example.com, ann@example.com",
        "' ann@example.com ', ann@example.com",
        "a.b+c_d-e@sub.example.co, a.b+c_d-e@sub.example.co",
        "o'brien@example.ie, o'brien@example.ie"
    })
    void isKeptInLowerCase(String text, String address) {
        assertThat(EmailAddress.normalized(text)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "ann@",
                "@example.com",
                "ann@example",
                "ann@@example.com",
                "ann@exa mple.com",
                "a..b@example.com",
                ".a@example.com",
                "ann@-example.com",
                "ann@example.com\r\nBcc: x@y.zz",
                "ann@example.com,b@example.com",
                "\"ann\"@example.com",
                "ann@[127.0.0.1]",
                "Ann <ann@example.com>",
                "аnn@example.com"
            })
    void isNothingElse(String text) {
        assertThat(EmailAddress.normalized(text)).isEmpty();
    }

    @Test
    void isNotTooLong() {
        assertThat(EmailAddress.normalized("a".repeat(64) + "@example.com")).isPresent();
        assertThat(EmailAddress.normalized("a".repeat(65) + "@example.com")).isEmpty();
        assertThat(EmailAddress.normalized("a@" + "b.".repeat(130) + "com")).isEmpty();
    }

    @Test
    void isATestAddressByItsLocalPart() {
        assertThat(EmailAddress.isTest("ann+clerk_test@example.com")).isTrue();
        assertThat(EmailAddress.isTest("ann@sub+clerk_test.example.com")).isFalse();
    }

    @Test
    void hidesItsLocalPart() {
        assertThat(EmailAddress.masked("ann@example.com")).isEqualTo("a*****@example.com");
    }
}
