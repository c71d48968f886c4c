package dev.usher.checks.session;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Crowd;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two sessions for a client and two for a user: the oldest gives way. */
class SessionLimitTest {
    private static final int PARALLEL = 8;

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              single-session-mode: false
              session:
                maximum-per-client: 2
                maximum-per-user: 2
            """);

    private final Opener user = Opener.with(usher);
    private final Fapi browser = usher.browser();

    @ParameterizedTest
    @EnumSource(Opener.Way.class)
    void theUsersOldestSessionGivesWayToOneBy(Opener.Way way) {
        Fapi oldest = usher.browser();
        String first = user.opens(Opener.Way.TICKET, oldest);
        String second = user.opens(Opener.Way.TICKET, usher.browser());
        String third = user.opens(way, browser);
        assertThat(user.open()).containsExactlyInAnyOrder(second, third);
        assertThat(usher.server().get("/v1/sessions/" + first)).has("/status", "revoked");
        assertThat(oldest.client()).has("/response/sessions", "[]").has("/response/last_active_session_id", "null");
        assertThat(oldest.mint(first)).isRefused(401, "authentication_invalid");
    }

    @Test
    void theClientsOldestSessionGivesWayAlsoToASignUp() {
        String first = browser.signUp(Person.fresh());
        String second = browser.signUp(Person.fresh());
        String third = browser.signUp(Person.fresh());
        assertThat(browser.sessions()).containsExactly(second, third);
        assertThat(browser.client()).has("/response/last_active_session_id", third);
        assertThat(usher.server().get("/v1/sessions/" + first)).has("/status", "revoked");
        assertThat(browser.session(second, "end")).isOk();
        String fourth = user.opens(Opener.Way.PASSWORD, browser);
        assertThat(browser.sessions()).containsExactly(third, fourth);
    }

    @Test
    void whoActsAsTheUserSignsNobodyElseOut() {
        String own = user.opens(Opener.Way.TICKET, usher.browser());
        String other = user.opens(Opener.Way.TICKET, usher.browser());
        String firstActor = user.impersonates(usher.browser());
        String secondActor = user.impersonates(usher.browser());
        assertThat(user.open()).containsExactlyInAnyOrder(own, other, firstActor, secondActor);
        String thirdActor = user.impersonates(usher.browser());
        assertThat(user.open()).containsExactlyInAnyOrder(own, other, secondActor, thirdActor);
    }

    @Test
    void aSessionThatIsOverTakesNoPlace() {
        Fapi left = usher.browser();
        String first = user.opens(Opener.Way.TICKET, left);
        String second = user.opens(Opener.Way.TICKET, usher.browser());
        Fapi.require(left.session(first, "remove"));
        String third = user.opens(Opener.Way.TICKET, usher.browser());
        assertThat(user.open()).containsExactlyInAnyOrder(second, third);
    }

    @Test
    void ofManyWhoSignInTogetherTheLastTwoStay() {
        List<Answer> answers = Crowd.of(PARALLEL, i -> user.opening(usher.browser()));
        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(user.open()).hasSize(2);
    }
}
