package dev.usher.checks.session;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody reaches a session through an id alone, or learns which ids exist. */
class ForeignSessionTest {
    private static final String UNKNOWN = "sess_2xAAAAAAAAAAAAAAAAAAAAAAAAA";

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private final Person owner = Person.fresh();
    private final Fapi ownersBrowser = usher.browser();
    private String session;

    @BeforeEach
    void somebodyElseIsSignedIn() {
        session = ownersBrowser.signUp(owner);
    }

    private static Answer call(Fapi caller, String verb, String path, String id) {
        String target = path.replace("{id}", id);
        return verb.equals("GET") ? caller.get(target) : caller.post(target);
    }

    /** Every operation that takes the id of a session of the calling client. */
    private static final Map<String, String> OPERATIONS = Map.of(
            "get", "GET /v1/client/sessions/{id}",
            "touch", "POST /v1/client/sessions/{id}/touch",
            "end", "POST /v1/client/sessions/{id}/end",
            "remove", "POST /v1/client/sessions/{id}/remove",
            "tokens", "POST /v1/client/sessions/{id}/tokens",
            "revoke", "POST /v1/me/sessions/{id}/revoke");

    /** Signed-in callers of every kind to whose client the session does not belong. */
    private Map<String, Supplier<Fapi>> strangers() {
        return Map.of(
                "another person", () -> signedUp(usher.browser()),
                "another person on a development browser", () -> signedUp(usher.devBrowser()),
                "another person's app", () -> signedUp(usher.nativeApp()),
                "the same person on another client",
                        () -> {
                            Fapi browser = usher.browser();
                            browser.signIn(owner);
                            return browser;
                        });
    }

    private static Fapi signedUp(Fapi fapi) {
        fapi.signUp(Person.fresh());
        return fapi;
    }

    @TestFactory
    List<DynamicTest> aForeignSessionAndAnUnknownOneAreTheSame() {
        return strangers().entrySet().stream()
                .flatMap(stranger -> OPERATIONS.entrySet().stream()
                        // Revoking is for all devices of one person, so there the same person is no stranger.
                        .filter(operation -> !(operation.getKey().equals("revoke")
                                && stranger.getKey().startsWith("the same")))
                        .map(operation -> DynamicTest.dynamicTest(
                                operation.getKey() + " by " + stranger.getKey(),
                                () -> isTheSame(stranger.getValue().get(), operation.getValue()))))
                .toList();
    }

    private void isTheSame(Fapi stranger, String operation) {
        String[] words = operation.split(" ");
        Answer unknown = call(stranger, words[0], words[1], UNKNOWN);
        Answer foreign = call(stranger, words[0], words[1], session);
        assertThat(unknown).isRefused(404, "resource_not_found");
        assertThat(foreign).isRefused(404, "resource_not_found");
        assertThat(foreign.textWithout(session)).isEqualTo(unknown.textWithout(UNKNOWN));
        assertThat(foreign.headers().keySet()).isEqualTo(unknown.headers().keySet());
        assertThat(ownersBrowser.mint(session)).isOk();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/client/sessions/{id}",
        "POST, /v1/client/sessions/{id}/touch",
        "POST, /v1/client/sessions/{id}/end",
        "POST, /v1/client/sessions/{id}/remove",
        "POST, /v1/client/sessions/{id}/tokens",
        "POST, /v1/me/sessions/{id}/revoke"
    })
    void aCallerWithoutAClientIsSignedOut(String verb, String path) {
        for (Fapi nobody : List.of(usher.browser(), usher.devBrowser(), usher.nativeApp())) {
            Answer unknown = call(nobody, verb, path, UNKNOWN);
            Answer foreign = call(nobody, verb, path, session);
            assertThat(foreign).isRefused(401, "signed_out");
            assertThat(foreign.textWithout(session)).isEqualTo(unknown.textWithout(UNKNOWN));
        }
        assertThat(ownersBrowser.mint(session)).isOk();
    }

    @ParameterizedTest
    @CsvSource({"touch, 401", "tokens, 401", "end, 404", "remove, 404"})
    void aClientOnWhichNobodyIsSignedInLearnsNothingEither(String action, int status) {
        Fapi empty = usher.browser();
        Fapi.require(empty.post("/v1/client"));
        Answer unknown = empty.session(UNKNOWN, action);
        Answer foreign = empty.session(session, action);
        assertThat(foreign.status()).as(foreign.toString()).isEqualTo(status);
        assertThat(foreign.textWithout(session)).isEqualTo(unknown.textWithout(UNKNOWN));
    }

    @Test
    void anotherPersonsSessionIsNotTheCurrentOneByNamingIt() {
        Fapi stranger = signedUp(usher.browser());
        for (String path : List.of("/v1/me", "/v1/me/sessions", "/v1/me/sessions/active"))
            assertThat(stranger.get(path + "?_clerk_session_id=" + session).text())
                    .doesNotContain(owner.email(), session);
        Answer renamed = stranger.patch("/v1/me?_clerk_session_id=" + session, "first_name", "Mallory");
        assertThat(ownersBrowser.get("/v1/me").string("/response/first_name")).isNotEqualTo("Mallory");
        assertThat(renamed.text()).doesNotContain(owner.email());
    }

    @Test
    void aNativeTokenIsNoCookieAndACookieNoNativeToken() {
        Fapi app = usher.nativeApp();
        String appSession = app.signUp(Person.fresh());
        Answer asCookie = usher.browser().credential(app.credential()).mint(appSession);
        Answer asToken =
                usher.nativeApp().credential(ownersBrowser.credential()).mint(session);
        assertThat(asCookie.status()).as("%s", asCookie).isIn(200, 401);
        assertThat(asToken.status()).as("%s", asToken).isIn(200, 401);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/client/sign_ins/{id}",
        "POST, /v1/client/sign_ins/{id}/prepare_first_factor",
        "POST, /v1/client/sign_ins/{id}/attempt_first_factor"
    })
    void aSignInBelongsToItsClient(String verb, String path) {
        Fapi victim = usher.browser();
        String id = Fapi.require(
                        victim.post("/v1/client/sign_ins", "identifier", owner.email(), "strategy", "email_code"))
                .string("/response/id");
        attemptIsOutOfReach(verb, path, id, "sia_2xAAAAAAAAAAAAAAAAAAAAAAAAA", "email_code");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/client/sign_ups/{id}",
        "POST, /v1/client/sign_ups/{id}?_method=PATCH",
        "POST, /v1/client/sign_ups/{id}/prepare_verification",
        "POST, /v1/client/sign_ups/{id}/attempt_verification"
    })
    void aSignUpBelongsToItsClient(String verb, String path) {
        Fapi victim = usher.browser();
        String id = Fapi.require(victim.post(
                        "/v1/client/sign_ups", "email_address", Person.fresh().email()))
                .string("/response/id");
        attemptIsOutOfReach(verb, path, id, "sua_2xAAAAAAAAAAAAAAAAAAAAAAAAA", "email_code");
    }

    private static void attemptIsOutOfReach(String verb, String path, String id, String unknownId, String strategy) {
        Fapi stranger = usher.browser();
        Fapi.require(stranger.post("/v1/client"));
        String[] form = path.contains("attempt")
                ? new String[] {"strategy", strategy, "code", "424242"}
                : path.contains("prepare") ? new String[] {"strategy", strategy} : new String[0];
        Answer foreign = send(stranger, verb, path.replace("{id}", id), form);
        Answer unknown = send(stranger, verb, path.replace("{id}", unknownId), form);
        assertThat(foreign).isRefused(404, "resource_not_found");
        assertThat(foreign.textWithout(id)).isEqualTo(unknown.textWithout(unknownId));
        assertThat(stranger.sessions()).isEmpty();
    }

    private static Answer send(Fapi caller, String verb, String target, String... form) {
        return verb.equals("GET") ? caller.get(target) : caller.post(target, form);
    }
}
