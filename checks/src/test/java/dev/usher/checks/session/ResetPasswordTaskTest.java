package dev.usher.checks.session;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.RunningUsher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A password that others know: whoever signs in by something else is asked for another one first. */
class ResetPasswordTaskTest {
    private static final String NEW = "a quite new secret";

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    @RegisterExtension
    static final RunningUsher trusting = RunningUsher.inMemory("""
            instance:
              reverification: false
            """);

    private final Opener user = Opener.with(usher);
    private final Fapi browser = usher.browser();

    private static String path(Opener user) {
        return "/v1/users/" + user.userId();
    }

    private static void compromise(Opener user) {
        Fapi.require(user.server().post(path(user) + "/password/set_compromised", "{}"));
    }

    private Answer session(String id) {
        return browser.get("/v1/client/sessions/" + id);
    }

    private static String waits(Opener user, Fapi browser) {
        compromise(user);
        String session = user.opens(Opener.Way.CODE, browser);
        assertThat(browser.get("/v1/client/sessions/" + session))
                .has("/response/status", "pending")
                .has("/response/tasks/0/key", "reset-password");
        return session;
    }

    private void isActive(String session) {
        assertThat(session(session)).has("/response/status", "active").has("/response/tasks", "null");
        assertThat(claim(browser, session)).isEqualTo("active");
    }

    private static String claim(Fapi browser, String session) {
        return Jwt.parse(Fapi.require(browser.mint(session)).string("/jwt"))
                .claims()
                .path("sts")
                .asString();
    }

    @Test
    void theSessionAndItsTokensArePendingUntilAnotherPasswordIsSet() {
        String session = waits(user, browser);
        assertThat(claim(browser, session)).isEqualTo("pending");
        assertThat(user.server().get("/v1/sessions?status=pending&user_id=" + user.userId()))
                .has("/0/id", session)
                .has("/0/tasks/0/key", "reset-password");
        assertThat(browser.post("/v1/me/change_password", "new_password", NEW))
                .isOk()
                .has("/client/sessions/0/status", "active");
        isActive(session);
    }

    @Test
    void theKnownPasswordIsNoOtherOne() {
        String session = waits(user, browser);
        assertThat(browser.post(
                        "/v1/me/change_password", "new_password", user.person().password()))
                .isRefused(422, "form_new_password_matches_current", "new_password");
        assertThat(session(session)).has("/response/status", "pending");
    }

    @Test
    void norIsItOneAfterItWasForgotten() {
        compromise(user);
        String id = Fapi.require(browser.post(
                        "/v1/client/sign_ins",
                        "identifier",
                        user.person().email(),
                        "strategy",
                        "reset_password_email_code"))
                .string("/response/id");
        String signIn = "/v1/client/sign_ins/" + id;
        Fapi.require(browser.post(
                signIn + "/attempt_first_factor", "strategy", "reset_password_email_code", "code", "424242"));
        assertThat(browser.post(
                        signIn + "/reset_password", "password", user.person().password()))
                .isRefused(422, "form_new_password_matches_current", "password");
        Answer done = browser.post(signIn + "/reset_password", "password", NEW);
        assertThat(done).has("/response/status", "complete");
        isActive(done.string("/response/created_session_id"));
    }

    @Test
    void noProofByThePasswordIsAskedForWhereThatIsTheRule() {
        Opener other = Opener.with(trusting);
        Fapi trusted = trusting.browser();
        String session = waits(other, trusted);
        assertThat(trusted.post("/v1/me/change_password", "new_password", NEW)).isOk();
        assertThat(trusted.get("/v1/client/sessions/" + session)).has("/response/status", "active");
        compromise(other);
        assertThat(trusted.post("/v1/me/change_password", "new_password", "one more new secret"))
                .isRefused(422, "form_param_missing", "current_password");
    }

    @Test
    void whoIsSignedInAlreadyIsNotStoppedNorIsWhoHasDoneIt() {
        String before = user.opens(Opener.Way.PASSWORD, browser);
        compromise(user);
        isActive(before);
        Fapi other = usher.browser();
        String after = waits(user, other);
        Fapi.require(other.post("/v1/me/change_password", "new_password", NEW));
        compromise(user);
        assertThat(other.get("/v1/client/sessions/" + after)).has("/response/status", "active");
        isActive(before);
    }

    enum Relief {
        UNSET,
        OTHER_PASSWORD,
        NO_PASSWORD
    }

    @ParameterizedTest
    @EnumSource(Relief.class)
    void aServerEndsTheWaitingBy(Relief relief) {
        String session = waits(user, browser);
        Fapi.require(
                switch (relief) {
                    case UNSET -> user.server().post(path(user) + "/password/unset_compromised", "{}");
                    case OTHER_PASSWORD -> user.server().patch(path(user), "{\"password\":\"" + NEW + "\"}");
                    case NO_PASSWORD -> user.server().post(path(user) + "/remove_password", "{}");
                });
        isActive(session);
    }

    @Test
    void nothingIsAskedOfSomebodyWhoActsAsTheUser() {
        compromise(user);
        isActive(user.impersonates(browser));
    }

    @Test
    void everySessionOfTheUserWaitsAndGoesOnTogether() {
        String session = waits(user, browser);
        Fapi other = usher.browser();
        String ticket = user.opens(Opener.Way.TICKET, other);
        assertThat(other.get("/v1/client/sessions/" + ticket)).has("/response/status", "pending");
        Fapi.require(browser.post("/v1/me/change_password", "new_password", NEW));
        isActive(session);
        assertThat(other.get("/v1/client/sessions/" + ticket)).has("/response/status", "active");
    }
}
