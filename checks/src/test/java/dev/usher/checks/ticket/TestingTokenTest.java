package dev.usher.checks.ticket;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A testing token lifts the rate limits for requests that show it, for an hour. */
class TestingTokenTest {
    private static final int MANY = 40;

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              rate-limits:
                enabled: true
            """);

    private Fapi browser;

    @BeforeEach
    void aBrowserOfItsOwn() {
        browser = usher.browser();
        Fapi.require(browser.post("/v1/client"));
        usher.advance(Duration.ofMinutes(1));
    }

    private static String token() {
        Answer made = Fapi.require(usher.server().post("/v1/testing_tokens", ""));
        assertThat(made).has("/object", "testing_token");
        assertThat(made.at("/expires_at").asLong() * 1000).isGreaterThan(usher.now());
        return made.string("/token");
    }

    private boolean isLimited(String token) {
        String path = "/v1/client/sign_ups?__clerk_testing_token=" + token;
        return IntStream.range(0, MANY)
                .mapToObj(
                        i -> browser.post(path, "email_address", Person.fresh().email()))
                .anyMatch(answer -> answer.status() == 429);
    }

    @Test
    void liftsTheLimits() {
        assertThat(isLimited(token())).isFalse();
        assertThat(isLimited("")).isTrue();
    }

    @Test
    void forAnHour() {
        String token = token();
        usher.advance(Duration.ofHours(1));
        assertThat(isLimited(token)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"guess", "9999999999-c_guess", "-c_", "99999999999999999999-c_x"})
    void aGuessLiftsNothing(String guess) {
        assertThat(isLimited(guess)).isTrue();
    }
}
