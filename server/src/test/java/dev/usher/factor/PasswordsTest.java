package dev.usher.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.base.Unavailable;
import dev.usher.http.Refusal;
import dev.usher.instance.Settings.PasswordRules;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordsTest {
    private final Passwords passwords = new Passwords(1, 4, Duration.ofSeconds(30));

    @Test
    void knowsThePasswordBehindItsHash() {
        String hash = passwords.hash("correct horse battery staple ünïcode");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.matches("correct horse battery staple ünïcode", hash))
                .isTrue();
        assertThat(passwords.matches("correct horse battery staple unicode", hash))
                .isFalse();
        assertThat(passwords.hash("correct horse battery staple ünïcode")).isNotEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource({"1234567, form_password_length_too_short", "ANN@example.com, form_password_matches_identifier"})
    void refusesBadOnes(String password, String code) {
        assertThatThrownBy(() -> NewPasswords.check(new PasswordRules(8), "password", password, "ann@example.com"))
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .returns(code, Refusal::code);
    }

    @Test
    void countsCharactersAndNotBytesForTheMinimum() {
        NewPasswords.check(new PasswordRules(8), "password", "éééééééé", "");
        assertThatThrownBy(() -> NewPasswords.check(new PasswordRules(8), "password", "😀😀😀😀😀😀😀", ""))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void refusesOversizedOnesInsteadOfCuttingThem() {
        String oversized = "x".repeat(PasswordRules.MOST_BYTES + 1);
        assertThatThrownBy(() -> NewPasswords.check(new PasswordRules(8), "password", oversized, ""))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> passwords.matches(oversized, "any")).isInstanceOf(Refusal.class);
    }

    @Test
    void shedsWhatWouldWaitTooLong() {
        try (Passwords impatient = new Passwords(1, 4, Duration.ZERO)) {
            assertThatThrownBy(() -> impatient.hash("anything at all")).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void shedsWhatFindsNoRoomToWait() {
        try (Passwords small = new Passwords(1, 1, Duration.ofSeconds(30));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = IntStream.range(0, 16)
                    .mapToObj(i -> callers.submit(() -> small.hash("anything at all")))
                    .toList();
            assertThat(answers).anySatisfy(answer -> assertThat(answer).succeedsWithin(Duration.ofSeconds(30)));
            assertThat(answers)
                    .anySatisfy(answer -> assertThat(answer)
                            .failsWithin(Duration.ofSeconds(30))
                            .withThrowableThat()
                            .withCauseInstanceOf(Unavailable.class));
        }
    }
}
