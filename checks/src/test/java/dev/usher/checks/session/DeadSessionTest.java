package dev.usher.checks.session;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a session dies, nothing is minted for it afterwards, and each later call has its one answer. */
class DeadSessionTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private record Grave(Fapi browser, Person person, String session) {}

    private static Grave buried(BiConsumer<Fapi, Grave> death) {
        Fapi browser = usher.browser();
        Person person = Person.fresh();
        Grave grave = new Grave(browser, person, browser.signUp(person));
        death.accept(browser, grave);
        return grave;
    }

    private static void revokedFromElsewhere(Grave grave) {
        Fapi other = usher.browser();
        other.signIn(grave.person());
        Fapi.require(other.post("/v1/me/sessions/" + grave.session() + "/revoke"));
    }

    /** How it dies, and the status it then has. */
    static Stream<Arguments> deaths() {
        return Stream.of(
                death("ended", (browser, grave) -> Fapi.require(browser.session(grave.session(), "end"))),
                death("removed", (browser, grave) -> Fapi.require(browser.session(grave.session(), "remove"))),
                death("removed", (browser, grave) -> Fapi.require(browser.delete("/v1/client/sessions"))),
                death("revoked", (browser, grave) -> revokedFromElsewhere(grave)),
                death("expired", (browser, grave) -> usher.advance(Duration.ofDays(7))),
                death("abandoned", (browser, grave) -> usher.advance(Duration.ofDays(30))));
    }

    private static Arguments death(String status, BiConsumer<Fapi, Grave> how) {
        return arguments(status, how);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deaths")
    void aDeadSessionKeepsItsStatusAndIsGoodForNothing(String status, BiConsumer<Fapi, Grave> death) {
        Grave grave = buried(death);
        Fapi browser = grave.browser();
        String session = grave.session();
        for (int i = 0; i < 2; i++) {
            assertThat(browser.mint(session)).isRefused(401, "authentication_invalid");
            assertThat(browser.session(session, "touch")).isRefused(401, "authentication_invalid");
            assertThat(browser.get("/v1/client/sessions/" + session))
                    .isOk()
                    .has("/response/status", status)
                    .has("/response/last_active_token", "null");
            assertThat(browser.sessions()).isEmpty();
            assertThat(browser.get("/v1/me").status()).isEqualTo(401);
        }
        assertThat(browser.session(session, "end")).isRefused(400, "invalid_action_for_session");
        if (!status.equals("ended"))
            assertThat(browser.session(session, "remove")).isRefused(400, "invalid_action_for_session");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deaths")
    void theNextSignInOnThatClientIsANewSession(String status, BiConsumer<Fapi, Grave> death) {
        Grave grave = buried(death);
        String next = grave.browser().signIn(grave.person());
        assertThat(next).isNotEqualTo(grave.session());
        assertThat(grave.browser().sessions()).containsExactly(next);
        assertThat(grave.browser().mint(next)).isOk();
        assertThat(grave.browser().mint(grave.session())).isRefused(401, "authentication_invalid");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deaths")
    void aDeadSessionIsNotRevokedAgain(String status, BiConsumer<Fapi, Grave> death) {
        Grave grave = buried(death);
        Fapi other = usher.browser();
        other.signIn(grave.person());
        assertThat(other.post("/v1/me/sessions/" + grave.session() + "/revoke"))
                .isRefused(400, "invalid_action_for_session");
    }

    @Test
    void aSessionLivesToTheLastMillisecondBeforeItsEnd() {
        Fapi browser = usher.browser();
        String session = browser.signUp(Person.fresh());
        usher.advance(Duration.ofDays(7).minusSeconds(30));
        assertThat(browser.mint(session)).isOk();
        usher.advance(Duration.ofSeconds(30));
        assertThat(browser.mint(session)).isRefused(401, "authentication_invalid");
    }

    @Test
    void deletingTheAccountEndsItsSessionsEverywhere() {
        Fapi here = usher.browser();
        Fapi there = usher.browser();
        Person person = Person.fresh();
        String one = here.signUp(person);
        String two = there.signIn(person);
        assertThat(here.delete("/v1/me")).isOk();
        assertThat(here.mint(one).status()).isEqualTo(401);
        assertThat(there.mint(two).status()).isEqualTo(401);
        assertThat(there.session(two, "touch").status()).isEqualTo(401);
        assertThat(there.sessions()).isEmpty();
    }
}
