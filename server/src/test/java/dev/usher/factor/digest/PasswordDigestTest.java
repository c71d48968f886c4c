package dev.usher.factor.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.factor.Passwords;
import dev.usher.http.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Digests that other programs made, and digests that are none. */
class PasswordDigestTest {
    private final Passwords passwords = new Passwords(1, 4, Duration.ofSeconds(30));

    static Stream<Arguments> vectors() throws IOException {
        try (var in = Objects.requireNonNull(PasswordDigestTest.class.getResourceAsStream("/digests/vectors.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arguments.of((Object[]) line.split("\t", -1)));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void knowsThePasswordBehindADigestOfAnotherProgram(String hasher, String digest, String password) {
        String stored = PasswordDigest.of(hasher, digest).stored();
        assertThat(stored).isEqualTo(hasher + ":" + digest);
        assertThat(passwords.matches(password, stored)).isTrue();
        assertThat(passwords.matches("y" + password, stored)).isFalse();
        assertThat(passwords.matches("", stored)).isFalse();
        assertThat(passwords.matches(password.toUpperCase(java.util.Locale.ROOT), stored))
                .isFalse();
        assertThat(Passwords.isOutdated(stored)).isTrue();
    }

    @Test
    void everyKindHasAVector() throws IOException {
        Set<String> kinds = vectors().map(one -> (String) one.get()[0]).collect(Collectors.toSet());
        assertThat(kinds)
                .isEqualTo(Arrays.stream(Hasher.values()).map(Hasher::wire).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void anAlteredDigestIsRefusedOrMatchesNothing(String hasher, String digest, String password) {
        for (String altered : new String[] {changed(digest, digest.length() - 6), "x" + digest, ""}) {
            try {
                assertThat(PasswordDigest.of(hasher, altered).matches(password)).isFalse();
            } catch (Refusal refused) {
                assertThat(refused.code()).isEqualTo("form_password_digest_invalid_code");
            }
        }
    }

    private static String changed(String digest, int at) {
        return digest.substring(0, at) + (digest.charAt(at) == 'a' ? 'b' : 'a') + digest.substring(at + 1);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aDigestOfOneKindIsNoneOfAnother(String hasher, String digest, String password) {
        for (Hasher other : Hasher.values()) {
            if (other.wire().equals(hasher)) continue;
            other.read(digest)
                    .ifPresent(check -> assertThat(check.matches(password.getBytes(StandardCharsets.UTF_8)))
                            .isFalse());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bcrypt:$2a$31$EMUcZmxCjYmIW.josUlRpeMDzXRPbFV80DxULJT1yOFD7Ri8WWm0.",
                "bcrypt:$2a$16$EMUcZmxCjYmIW.josUlRpeMDzXRPbFV80DxULJT1yOFD7Ri8WWm0.",
                "bcrypt:$2a$03$EMUcZmxCjYmIW.josUlRpeMDzXRPbFV80DxULJT1yOFD7Ri8WWm0.",
                "bcrypt:$2x$06$EMUcZmxCjYmIW.josUlRpeMDzXRPbFV80DxULJT1yOFD7Ri8WWm0.",
                "argon2id:$argon2id$v=19$m=4194304,t=1,p=1$c2FsdHNhbHQ$c2FsdHNhbHRzYWx0c2FsdA",
                "argon2id:$argon2id$v=19$m=131072,t=5,p=1$c2FsdHNhbHQ$c2FsdHNhbHRzYWx0c2FsdA",
                "argon2id:$argon2id$v=19$m=64,t=1,p=99$c2FsdHNhbHQ$c2FsdHNhbHRzYWx0c2FsdA",
                "argon2id:$argon2id$v=19$m=64,t=0,p=1$c2FsdHNhbHQ$c2FsdHNhbHRzYWx0c2FsdA",
                "argon2id:$argon2id$v=18$m=64,t=1,p=1$c2FsdHNhbHQ$c2FsdHNhbHRzYWx0c2FsdA",
                "argon2id:$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$c2Fs",
                "argon2i:$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$c2FsdHNhbHRzYWx0c2FsdA",
                "pbkdf2_sha256:pbkdf2_sha256$999999999$c2FsdA==$c2FsdHNhbHRzYWx0",
                "pbkdf2_sha256:pbkdf2_sha256$0$c2FsdA==$c2FsdHNhbHRzYWx0",
                "pbkdf2_sha256:pbkdf2_sha256$-1$c2FsdA==$c2FsdHNhbHRzYWx0",
                "pbkdf2_sha256_django:pbkdf2_sha256$1000$$c2FsdHNhbHRzYWx0",
                "pbkdf2_sha1:pbkdf2_sha1$1000$salt$aabbccddeeff00112233$11",
                "pbkdf2_sha512_hex:pbkdf2_sha512_hex$1000$zz$aabbccddeeff0011",
                "scrypt_werkzeug:scrypt:1048576:8:1$salt$" + "ab",
                "scrypt_werkzeug:scrypt:3000:8:1$salt$" + "ab",
                "scrypt_firebase:aaaa$aaaa$aaaa$Bw==$8$40",
                "sha512_symfony:sha512_symfony$99999999$salt$aaaa",
                "phpass:$P$zfa9CDg6dhwzc40GF4gShUvyEHFyyc/",
                "ldap_ssha:{SSHA}aaaa",
                "ldap_ssha:{SHA}3lNTZtJdPs8Z19Z4GOFo/em6vyi7Vwrh",
                "md5:zz",
                "md5_salted:$0dad2966074eb3cdfb5af4bac75177b3",
                "sha256:0dad2966074eb3cdfb5af4bac75177b3"
            })
    void malformedAndRuinouslyExpensiveDigestsAreRefused(String both) {
        String[] parts = both.split(":", 2);
        assertThatThrownBy(() -> PasswordDigest.of(parts[0], parts[1]))
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .returns("form_password_digest_invalid_code", Refusal::code)
                .returns(422, Refusal::status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"awscognito", "BCRYPT", "", "plain", "bcrypt "})
    void anUnknownHasherIsRefused(String hasher) {
        assertThatThrownBy(() -> PasswordDigest.of(hasher, "anything"))
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .returns("form_param_value_invalid", Refusal::code);
    }

    @Test
    void anOversizedDigestIsRefusedUnread() {
        assertThatThrownBy(() -> PasswordDigest.of("md5_salted", "s".repeat(2000) + "$" + "ab".repeat(16)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void ourOwnHashesAreNotOutdatedAndAreNotReadAsForeignOnes() {
        String own = passwords.hash("correct horse battery");
        assertThat(Passwords.isOutdated(own)).isFalse();
        assertThat(PasswordDigest.stored(own)).isEmpty();
        assertThat(Passwords.isOutdated(own.replace("t=2", "t=1"))).isTrue();
    }

    @Test
    void showsNoDigest() {
        assertThat(PasswordDigest.of("md5", "0dad2966074eb3cdfb5af4bac75177b3").toString())
                .doesNotContain("0dad");
    }
}
