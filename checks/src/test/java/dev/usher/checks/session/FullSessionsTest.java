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

/** Two sessions for a client and two for a user: one more is refused. */
class FullSessionsTest {
    private static final int PARALLEL = 8;
    private static final String REFUSAL = "session_creation_not_allowed";

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              single-session-mode: false
              session:
                maximum-per-client: 2
                maximum-per-user: 2
                when-full: refuse-newest
            """);

    private final Opener user = Opener.with(usher);
    private final Fapi browser = usher.browser();

    @ParameterizedTest
    @EnumSource(Opener.Way.class)
    void theUserWithTwoSessionsIsRefusedAnotherBy(Opener.Way way) {
        Fapi first = usher.browser();
        String one = user.opens(Opener.Way.TICKET, first);
        String two = user.opens(Opener.Way.TICKET, usher.browser());
        assertThat(user.tries(way, browser)).isRefused(409, REFUSAL);
        assertThat(user.open()).containsExactlyInAnyOrder(one, two);
        Fapi.require(first.session(one, "end"));
        String three = user.opens(way, browser);
        assertThat(user.open()).containsExactlyInAnyOrder(two, three);
    }

    @Test
    void aRefusedTicketIsGoodLater() {
        Fapi first = usher.browser();
        String one = user.opens(Opener.Way.TICKET, first);
        user.opens(Opener.Way.TICKET, usher.browser());
        String ticket = user.ticket();
        assertThat(Opener.signIn(browser, ticket)).isRefused(409, REFUSAL);
        Fapi.require(first.session(one, "end"));
        assertThat(Opener.signIn(browser, ticket)).isOk();
    }

    @Test
    void whoActsAsTheUserIsCountedApart() {
        user.opens(Opener.Way.TICKET, usher.browser());
        user.opens(Opener.Way.TICKET, usher.browser());
        user.impersonates(usher.browser());
        user.impersonates(usher.browser());
        assertThat(Opener.signIn(usher.browser(), user.actorTicket())).isRefused(409, REFUSAL);
    }

    @Test
    void nobodyBeginsOnAFullClient() {
        Person first = Person.fresh();
        String one = browser.signUp(first);
        String two = browser.signUp(Person.fresh());
        assertThat(user.tries(Opener.Way.PASSWORD, browser)).isRefused(409, REFUSAL);
        assertThat(user.tries(Opener.Way.TICKET, browser)).isRefused(409, REFUSAL);
        assertThat(browser.post(
                        "/v1/client/sign_ups", "email_address", Person.fresh().email()))
                .isRefused(409, REFUSAL);
        assertThat(browser.post("/v1/client/sign_ins", "identifier", first.email()))
                .isRefused(400, "identifier_already_signed_in");
        assertThat(browser.sessions()).containsExactly(one, two);
    }

    @Test
    void ofManyWhoSignInTogetherTwoGetIn() {
        List<Answer> answers = Crowd.of(PARALLEL, i -> user.opening(usher.browser()));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(2);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allMatch(answer -> answer.code().equals(REFUSAL));
        assertThat(user.open()).hasSize(2);
    }

    @Test
    void ofManyWhoSignUpTogetherOnOneClientTwoGetIn() {
        Fapi.require(browser.post("/v1/client"));
        List<Opener> users = Crowd.of(PARALLEL, i -> () -> Opener.with(usher));
        List<Answer> answers = Crowd.of(PARALLEL, i -> {
            Fapi one = browser.copy();
            String ticket = users.get(i).ticket();
            return () -> Opener.signIn(one, ticket);
        });
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSizeLessThanOrEqualTo(2);
        assertThat(users.stream().mapToInt(one -> one.open().size()).sum()).isBetween(1, 2);
    }
}
