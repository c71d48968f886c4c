package dev.usher.checks.session;

import static dev.usher.checks.harness.AnswerAssert.assertThat;

import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The inactivity timeout: what counts as activity and what does not. */
class IdleSessionTest {
    private static final Duration MOST_OF_AN_HOUR = Duration.ofMinutes(50);

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              session:
                maximum-lifetime: "5h"
                inactivity-timeout: "1h"
            """);

    private final Fapi browser = usher.browser();

    private void isIdleAfter(String session, Runnable... doings) {
        for (Runnable doing : doings) {
            usher.advance(MOST_OF_AN_HOUR);
            doing.run();
        }
    }

    @Test
    void aSessionThatNobodyUsesExpires() {
        String session = browser.signUp(Person.fresh());
        usher.advance(Duration.ofHours(1));
        assertThat(browser.mint(session)).isRefused(401, "authentication_invalid");
        assertThat(browser.get("/v1/client/sessions/" + session)).isOk().has("/response/status", "expired");
    }

    @Test
    void touchesAndTokensKeepASessionAlive() {
        String session = browser.signUp(Person.fresh());
        isIdleAfter(
                session,
                () -> assertThat(browser.mint(session)).isOk(),
                () -> assertThat(browser.session(session, "touch")).isOk(),
                () -> assertThat(browser.post("/v1/client/sessions/" + session + "/tokens", "tab_state", "visible"))
                        .isOk(),
                () -> assertThat(browser.mint(session)).isOk());
    }

    @Test
    void readingAndTokensOfAHiddenTabDoNotKeepItAlive() {
        String session = browser.signUp(Person.fresh());
        isIdleAfter(
                session,
                () -> {
                    assertThat(browser.client()).isOk();
                    assertThat(browser.get("/v1/client/sessions/" + session)).isOk();
                    assertThat(browser.post("/v1/client/sessions/" + session + "/tokens", "tab_state", "hidden"))
                            .isOk();
                },
                () -> assertThat(browser.mint(session)).isRefused(401, "authentication_invalid"));
    }

    @Test
    void theMaximumLifetimeEndsASessionThatIsInUse() {
        String session = browser.signUp(Person.fresh());
        for (int minutes = 50; minutes < 300; minutes += 50) {
            usher.advance(MOST_OF_AN_HOUR);
            assertThat(browser.mint(session)).isOk();
        }
        usher.advance(MOST_OF_AN_HOUR);
        assertThat(browser.mint(session)).isRefused(401, "authentication_invalid");
    }
}
