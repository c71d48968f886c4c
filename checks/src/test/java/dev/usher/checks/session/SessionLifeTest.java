package dev.usher.checks.session;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.Wire;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each operation does to a session of its own client. */
class SessionLifeTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private final Person person = Person.fresh();
    private Fapi browser;
    private String session;

    @BeforeEach
    void somebodyIsSignedIn() {
        browser = usher.browser();
        session = browser.signUp(person);
    }

    private static String path(String session, String action) {
        return "/v1/client/sessions/" + session + "/" + action;
    }

    @Test
    void aNewSessionIsActiveAndLastsSevenDays() {
        Answer answer = browser.get("/v1/client/sessions/" + session);
        assertThat(answer).isOk().has("/response/status", "active").has("/response/id", session);
        assertThat(answer).has("/response/tasks", "null").has("/response/actor", "null");
        assertThat(answer).has("/response/factor_verification_age", "[0,-1]");
        assertThat(answer).has("/response/user/email_addresses/0/email_address", person.email());
        long created = answer.at("/response/created_at").asLong();
        assertThat(answer.at("/response/expire_at").asLong() - created)
                .isEqualTo(Duration.ofDays(7).toMillis());
        assertThat(answer.at("/response/abandon_at").asLong() - created)
                .isEqualTo(Duration.ofDays(30).toMillis());
        assertThat(answer.string("/response/last_active_token/jwt")).isNotEmpty();
    }

    @Test
    void readingASessionIsNoActivity() {
        Answer before = browser.get("/v1/client/sessions/" + session);
        usher.advance(Duration.ofSeconds(5));
        Answer after = browser.get("/v1/client/sessions/" + session);
        assertThat(after).has("/response/last_active_at", before.string("/response/last_active_at"));
        assertThat(after).has("/client/updated_at", before.string("/client/updated_at"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"focus", "select_session", "select_org", ""})
    void aTouchIsActivityWithEveryIntentAndBringsAFreshToken(String intent) {
        Answer before = browser.get("/v1/client/sessions/" + session);
        usher.advance(Duration.ofSeconds(5));
        Answer touched = browser.post(path(session, "touch"), "active_organization_id", "", "intent", intent);
        assertThat(touched).isOk().has("/response/status", "active");
        assertThat(touched).has("/client/last_active_session_id", session);
        assertThat(touched.at("/response/last_active_at").asLong())
                .isGreaterThanOrEqualTo(before.at("/response/last_active_at").asLong() + 5000);
        assertThat(touched).has("/response/expire_at", before.string("/response/expire_at"));
        assertThat(touched.string("/response/last_active_token/jwt"))
                .isNotEmpty()
                .isNotEqualTo(before.string("/response/last_active_token/jwt"))
                .as("signed once for one answer")
                .isEqualTo(touched.string("/client/sessions/0/last_active_token/jwt"));
    }

    @Test
    void aTouchWithoutAnyFieldIsFine() {
        assertThat(browser.post(path(session, "touch"))).isOk().has("/response/status", "active");
    }

    @Test
    void aTouchWithAnUnknownIntentIsRefused() {
        assertThat(browser.post(path(session, "touch"), "intent", "sleep"))
                .isRefused(422, "form_param_value_invalid", "intent");
    }

    @Test
    void aTokenIsMintedForThePersonalAccount() {
        Answer minted = browser.post(path(session, "tokens"), "organization_id", "", "tab_state", "focused");
        assertThat(minted).isOk().has("/object", "token");
        assertThat(minted.string("/jwt").split("\\.")).hasSize(3);
    }

    @Test
    void mintingLeavesTheClientAsItWas() {
        String before = browser.client().string("/response/updated_at");
        usher.advance(Duration.ofSeconds(2));
        assertThat(browser.mint(session)).isOk();
        assertThat(browser.client()).has("/response/updated_at", before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"end", "remove"})
    void aClosedSessionLeavesTheListAndHasNoTokenAnyMore(String action) {
        Answer closed = browser.session(session, action);
        assertThat(closed).isOk().has("/response/status", action.equals("end") ? "ended" : "removed");
        assertThat(closed).has("/response/last_active_token", "null");
        assertThat(closed).has("/client/sessions", "[]").has("/client/last_active_session_id", "null");
        assertThat(browser.get("/v1/client/sessions/" + session))
                .isOk()
                .has("/response/status", action.equals("end") ? "ended" : "removed")
                .has("/response/last_active_token", "null");
    }

    @Test
    void anEndedSessionMayStillBeRemovedAndARemovedOneNotEnded() {
        assertThat(browser.session(session, "end")).isOk();
        assertThat(browser.session(session, "remove")).isOk().has("/response/status", "removed");
        assertThat(browser.session(session, "end")).isRefused(400, "invalid_action_for_session");
        assertThat(browser.session(session, "remove")).isRefused(400, "invalid_action_for_session");
    }

    @Test
    void removingAllSessionsKeepsTheClientAndItsCookie() {
        String cookie = browser.credential();
        String client = browser.client().string("/response/id");
        Answer removed = browser.delete("/v1/client/sessions");
        assertThat(removed)
                .isOk()
                .has("/client", "null")
                .has("/response/id", client)
                .has("/response/sessions", "[]");
        assertThat(browser.credential()).isEqualTo(cookie);
        assertThat(browser.client()).isOk().has("/response/id", client);
        assertThat(browser.delete("/v1/client/sessions")).isOk().has("/response/sessions", "[]");
        assertThat(browser.get("/v1/client/sessions/" + session)).has("/response/status", "removed");
    }

    @Test
    void deletingTheClientTakesItsCookieBackAndRemovesItsSessions() {
        Fapi copy = browser.copy();
        Answer deleted = browser.delete("/v1/client");
        assertThat(deleted).isOk();
        assertThat(deleted.headers("set-cookie"))
                .singleElement()
                .asString()
                .startsWith("__client=;")
                .contains("Max-Age=0");
        assertThat(copy.client()).isOk().has("/response", "null");
        assertThat(copy.mint(session)).isRefused(401, "signed_out");
    }

    @Test
    void theDeviceListNamesBrowserAndDeviceOfEverySession() {
        String chromeOnAndroid = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
                + "Chrome/131.0.0.0 Mobile Safari/537.36";
        Fapi phone = usher.browser();
        var call =
                phone.call("POST", "/v1/client/sign_ins", "identifier", person.email(), "password", person.password());
        String second = Fapi.require(phone.send(call.with("User-Agent", chromeOnAndroid)))
                .string("/response/created_session_id");
        Answer active = browser.get("/v1/me/sessions/active?_clerk_session_id=" + session);
        assertThat(active).isOk();
        assertThat(active.json().valueStream().map(one -> one.path("id").asString()))
                .containsExactlyInAnyOrder(session, second);
        var onPhone = active.json()
                .valueStream()
                .filter(one -> one.path("id").asString().equals(second))
                .findFirst()
                .orElseThrow()
                .path("latest_activity");
        assertThat(onPhone.path("is_mobile").asBoolean()).isTrue();
        assertThat(onPhone.path("browser_name").asString()).contains("Chrome");
        assertThat(onPhone.path("browser_version").asString()).startsWith("131");
        assertThat(onPhone.path("device_type").asString()).isNotEmpty();
        assertThat(onPhone.path("ip_address").asString()).isNotEmpty();
    }

    @Test
    void theWholeListHasDeadSessionsTooAndTheActiveOneHasNot() {
        Fapi other = usher.browser();
        String second = other.signIn(person);
        assertThat(other.session(second, "end")).isOk();
        assertThat(ids(browser.get("/v1/me/sessions?_clerk_session_id=" + session)))
                .containsExactlyInAnyOrder(session, second);
        assertThat(ids(browser.get("/v1/me/sessions/active?_clerk_session_id=" + session)))
                .containsExactly(session);
    }

    private static List<String> ids(Answer answer) {
        return Fapi.require(answer)
                .json()
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }

    @Test
    void anotherDevicesSessionCanBeRevokedOnce() {
        Fapi other = usher.browser();
        String second = other.signIn(person);
        Answer revoked = browser.post("/v1/me/sessions/" + second + "/revoke?_clerk_session_id=" + session);
        assertThat(revoked).isOk().has("/response/id", second).has("/response/status", "revoked");
        assertThat(browser.post("/v1/me/sessions/" + second + "/revoke?_clerk_session_id=" + session))
                .isRefused(400, "invalid_action_for_session");
        assertThat(other.sessions()).isEmpty();
        assertThat(browser.sessions()).containsExactly(session);
    }

    @Test
    void aPersonDoesNotRevokeTheSessionTheyAreUsing() {
        assertThat(browser.post("/v1/me/sessions/" + session + "/revoke?_clerk_session_id=" + session))
                .isRefused(400, "invalid_action_for_session");
        assertThat(browser.mint(session)).isOk();
    }

    @Test
    void theAccountIsReadChangedAndDeleted() {
        assertThat(browser.get("/v1/me")).isOk().has("/response/first_name", "null");
        assertThat(browser.patch("/v1/me", "first_name", "Ada", "last_name", "Lovelace"))
                .isOk()
                .has("/response/first_name", "Ada")
                .has("/client/sessions/0/user/last_name", "Lovelace");
        assertThat(browser.patch("/v1/me", "first_name", "")).isOk().has("/response/first_name", "null");
        Answer deleted = browser.delete("/v1/me");
        assertThat(deleted).isOk().has("/response/deleted", "true").has("/client/sessions", "[]");
        assertThat(browser.get("/v1/me").status()).isEqualTo(401);
        assertThat(usher.browser().post("/v1/client/sign_ins", "identifier", person.email()))
                .isRefused(422, "form_identifier_not_found", "identifier");
    }

    @Test
    void aSignedOutCallerHasNoAccount() {
        assertThat(usher.browser().get("/v1/me").status()).isEqualTo(401);
        assertThat(usher.browser().get("/v1/me/sessions").status()).isEqualTo(401);
        assertThat(usher.browser().get("/v1/me/sessions/active").status()).isEqualTo(401);
    }

    @Test
    void theAccountHasNoPrivateFieldAndNoHash() {
        String text = Wire.text(browser.get("/v1/me").json());
        assertThat(text)
                .doesNotContain("private_metadata")
                .doesNotContain("password_hash")
                .doesNotContain("$argon2");
    }
}
