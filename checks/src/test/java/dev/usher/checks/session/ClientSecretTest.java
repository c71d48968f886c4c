package dev.usher.checks.session;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's secret: who holds it is the client, so it changes when somebody signs in (OWASP ASVS 7.2.4). */
class ClientSecretTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              single-session-mode: false
            """);

    static Stream<Arguments> kinds() {
        Supplier<Fapi> browser = usher::browser;
        Supplier<Fapi> app = usher::nativeApp;
        return Stream.of(Arguments.of("a browser", browser), Arguments.of("a native app", app));
    }

    /** Somebody with an account who is signed in nowhere. */
    private static Person member() {
        Person person = Person.fresh();
        usher.browser().signUp(person);
        return person;
    }

    private static void cannotReach(Fapi attacker, String session) {
        assertThat(attacker.copy().client().text()).doesNotContain(session);
        for (String action : List.of("tokens", "touch", "end", "remove"))
            assertThat(attacker.copy().session(session, action).status())
                    .as(action)
                    .isIn(401, 404);
        assertThat(attacker.copy().get("/v1/client/sessions/" + session).status())
                .isIn(401, 404);
        assertThat(attacker.copy().get("/v1/me").status()).isEqualTo(401);
        assertThat(attacker.copy().get("/v1/me/sessions").status()).isEqualTo(401);
        assertThat(attacker.copy().delete("/v1/client/sessions").text()).doesNotContain(session);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void aPlantedCredentialNeverReachesTheSessionOfTheVictim(String kind, Supplier<Fapi> kindOfCaller) {
        Fapi attacker = kindOfCaller.get();
        Fapi.require(attacker.post("/v1/client"));
        Fapi victim = attacker.copy();
        String session = victim.signIn(member());
        assertThat(victim.credential()).isNotEqualTo(attacker.credential());
        cannotReach(attacker, session);
        usher.advance(Duration.ofSeconds(11));
        cannotReach(attacker, session);
        assertThat(victim.mint(session)).isOk();
        assertThat(victim.sessions()).containsExactly(session);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void theCredentialOfAnAttemptBeforeSigningInIsDeadAfterIt(String kind, Supplier<Fapi> kindOfCaller) {
        Person person = member();
        Fapi victim = kindOfCaller.get();
        String attempt = Fapi.require(victim.post("/v1/client/sign_ins", "identifier", person.email()))
                .string("/response/id");
        Fapi attacker = victim.copy();
        String session = Fapi.require(victim.post(
                        "/v1/client/sign_ins/" + attempt + "/attempt_first_factor",
                        "strategy",
                        "password",
                        "password",
                        person.password()))
                .string("/response/created_session_id");
        cannotReach(attacker, session);
        assertThat(attacker.copy().get("/v1/client/sign_ins/" + attempt).text()).doesNotContain(session);
    }

    @Test
    void aRequestUnderWayWhileAnotherPersonSignsInStillReachesTheFirstPersonsSession() {
        Fapi browser = usher.browser();
        String first = browser.signUp(Person.fresh());
        Fapi underWay = browser.copy();
        String second = browser.signIn(member());
        assertThat(underWay.copy().mint(first)).isOk();
        assertThat(underWay.copy().mint(second).status()).isIn(401, 404);
        usher.advance(Duration.ofSeconds(11));
        assertThat(underWay.copy().mint(first)).isRefused(401, "signed_out");
        assertThat(underWay.copy().client()).isOk().has("/response", "null");
        assertThat(browser.sessions()).containsExactly(first, second);
    }

    @Test
    void anOutdatedCredentialDoesNotSignAnybodyOut() {
        Fapi browser = usher.browser();
        String first = browser.signUp(Person.fresh());
        Fapi outdated = browser.copy();
        String second = browser.signIn(member());
        outdated.copy().delete("/v1/client/sessions");
        outdated.copy().delete("/v1/client");
        assertThat(browser.sessions()).containsExactly(first, second);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 40, -1, -2})
    void anAlteredCredentialIsNobodys(int position) {
        Fapi browser = usher.browser();
        String session = browser.signUp(Person.fresh());
        String secret = browser.credential();
        int at = position < 0 ? secret.length() + position : Math.min(position, secret.length() - 1);
        char other = secret.charAt(at) == 'A' ? 'B' : 'A';
        Fapi forged = browser.credential(secret.substring(0, at) + other + secret.substring(at + 1));
        assertThat(forged.client()).isOk().has("/response", "null");
        assertThat(forged.copy().mint(session).status()).isIn(401, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "client_1",
                "client_1.",
                "' or 1=1 --",
                "eyJhbGciOiJub25lIn0.eyJpZCI6ImNsaWVudF8xIn0.",
                "%00",
                "\"quoted\"",
                "a=b=c"
            })
    void anInventedCredentialIsNobodys(String value) {
        assertThat(usher.browser().credential(value).client()).isOk().has("/response", "null");
        assertThat(usher.nativeApp().credential(value).client().status()).isIn(200, 401);
        assertThat(usher.browser().credential(value).mint("sess_1").status()).isEqualTo(401);
    }

    @Test
    void aSessionTokenIsNoClientCredential() {
        Fapi browser = usher.browser();
        String session = browser.signUp(Person.fresh());
        String jwt = browser.mint(session).string("/jwt");
        assertThat(usher.browser().credential(jwt).client()).isOk().has("/response", "null");
        Answer asApp = usher.nativeApp().credential(jwt).mint(session);
        assertThat(asApp.status()).isEqualTo(401);
    }

    @Test
    void anUnknownDevelopmentBrowserIsSentBackForANewOne() {
        for (String token : List.of("dvb_unknown", "x", "client_1")) {
            Fapi browser = usher.browser();
            String known = "?__clerk_db_jwt=" + token;
            assertThat(browser.get("/v1/client" + known)).isRefused(401, "dev_browser_unauthenticated");
            assertThat(browser.post("/v1/client" + known)).isRefused(401, "dev_browser_unauthenticated");
            assertThat(browser.put("/v1/client" + known)).isRefused(401, "dev_browser_unauthenticated");
            assertThat(browser.post("/v1/client/sign_ins" + known)).isRefused(401, "dev_browser_unauthenticated");
            assertThat(browser.post("/v1/client/sign_ups" + known)).isRefused(401, "dev_browser_unauthenticated");
        }
    }

    @Test
    void aDevelopmentBrowserAndItsCookieAreOneClient() {
        Fapi browser = usher.devBrowser();
        String session = browser.signUp(Person.fresh());
        assertThat(browser.sessions()).containsExactly(session);
        Fapi withTokenOnly = browser.credential("");
        assertThat(withTokenOnly.sessions()).containsExactly(session);
        assertThat(withTokenOnly.mint(session)).isOk();
    }
}
