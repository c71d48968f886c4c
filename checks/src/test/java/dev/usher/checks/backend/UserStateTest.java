package dev.usher.checks.backend;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ban, lock, metadata and password of an account. */
class UserStateTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private Bapi server;
    private Person person;
    private String path;
    private String id;

    @BeforeEach
    void aUser() {
        server = usher.server();
        person = Person.fresh();
        id = made(person);
        path = "/v1/users/" + id;
    }

    private String made(Person one) {
        return Fapi.require(server.post(
                        "/v1/users",
                        "{\"email_address\":[\"%s\"],\"password\":\"%s\"}".formatted(one.email(), one.password())))
                .string("/id");
    }

    private static Answer signIn(Person one) {
        return usher.browser().post("/v1/client/sign_ins", "identifier", one.email(), "password", one.password());
    }

    @Test
    void aBanRevokesTheSessionsAndRefusesSignIns() {
        Fapi browser = usher.browser();
        String session = browser.signIn(person);
        assertThat(server.post(path + "/ban", "")).isOk().has("/banned", "true");
        assertThat(browser.mint(session).status()).isEqualTo(401);
        assertThat(browser.sessions()).isEmpty();
        assertThat(signIn(person)).isRefused(403, "user_banned");
        assertThat(server.post(path + "/unban", "")).isOk().has("/banned", "false");
        assertThat(signIn(person)).isOk();
        assertThat(browser.mint(session).status()).isEqualTo(401);
    }

    @Test
    void manyAreBannedAtOnceOrNone() {
        Person other = Person.fresh();
        String otherId = made(other);
        String both = "{\"user_ids\":[\"%s\",\"%s\"]}".formatted(id, otherId);
        assertThat(server.post("/v1/users/ban", both))
                .isOk()
                .has("/0/banned", "true")
                .has("/1/banned", "true");
        assertThat(signIn(other)).isRefused(403, "user_banned");
        assertThat(server.post("/v1/users/unban", both)).isOk().has("/0/banned", "false");
        String oneUnknown = "{\"user_ids\":[\"%s\",\"user_nobody\"]}".formatted(id);
        assertThat(server.post("/v1/users/ban", oneUnknown)).isRefused(404, "resource_not_found");
        assertThat(server.get(path)).has("/banned", "false");
        assertThat(server.post("/v1/users/ban", "{\"user_ids\":[]}")).isRefused(422, "form_param_nil", "user_ids");
        assertThat(server.post("/v1/users/ban", "{}")).isRefused(422, "form_param_missing", "user_ids");
    }

    @Test
    void aLockedUserKeepsTheSessionsAndCannotSignIn() {
        Fapi browser = usher.browser();
        String session = browser.signIn(person);
        assertThat(server.post(path + "/lock", ""))
                .isOk()
                .has("/locked", "true")
                .has("/lockout_expires_in_seconds", "3600")
                .has("/verification_attempts_remaining", "0");
        assertThat(browser.mint(session)).isOk();
        assertThat(signIn(person)).isRefused(403, "user_locked");
        assertThat(server.post(path + "/unlock", ""))
                .isOk()
                .has("/locked", "false")
                .has("/lockout_expires_in_seconds", "null");
        assertThat(signIn(person)).isOk();
    }

    @Test
    void aUserIsMadeBannedOrLocked() {
        String json = "{\"username\":\"%s\",\"skip_password_requirement\":true,\"%s\":true}";
        assertThat(server.post("/v1/users", json.formatted("made_banned", "banned")))
                .has("/banned", "true");
        assertThat(server.post("/v1/users", json.formatted("made_locked", "locked")))
                .has("/locked", "true");
    }

    @Test
    void metadataIsMergedDeeplyAndNullTakesAway() {
        server.patch(path + "/metadata", "{\"public_metadata\":{\"a\":{\"b\":1,\"c\":2},\"d\":[1,2],\"e\":5}}");
        Answer merged = server.patch(
                path + "/metadata", "{\"public_metadata\":{\"a\":{\"b\":null,\"x\":{\"y\":3}},\"d\":[3],\"e\":{}}}");
        assertThat(merged).isOk().has("/public_metadata", "{\"a\":{\"c\":2,\"x\":{\"y\":3}},\"d\":[3],\"e\":{}}");
        assertThat(server.patch(path + "/metadata", "{\"private_metadata\":{\"k\":1}}"))
                .has("/public_metadata/d", "[3]")
                .has("/private_metadata", "{\"k\":1}");
    }

    @Test
    void metadataIsReplacedWholeAndOnlyWhereNamed() {
        server.patch(path + "/metadata", "{\"public_metadata\":{\"a\":1},\"unsafe_metadata\":{\"u\":1}}");
        assertThat(server.put(path + "/metadata", "{\"public_metadata\":{\"b\":2}}"))
                .isOk()
                .has("/public_metadata", "{\"b\":2}")
                .has("/unsafe_metadata", "{\"u\":1}");
    }

    @Test
    void metadataHasALimit() {
        String large = "{\"public_metadata\":{\"x\":\"" + "y".repeat(8 * 1024) + "\"}}";
        assertThat(server.put(path + "/metadata", large)).isRefused(422, "form_param_value_invalid", "public_metadata");
        String half = "{\"public_metadata\":{\"%s\":\"" + "y".repeat(5 * 1024) + "\"}}";
        assertThat(server.patch(path + "/metadata", half.formatted("one"))).isOk();
        assertThat(server.patch(path + "/metadata", half.formatted("two")))
                .isRefused(422, "form_param_value_invalid", "public_metadata");
    }

    @Test
    void aPasswordIsVerified() {
        String right = "{\"password\":\"" + person.password() + "\"}";
        assertThat(server.post(path + "/verify_password", right)).isOk().has("/verified", "true");
        assertThat(server.post(path + "/verify_password", "{\"password\":\"wrong horse battery\"}"))
                .isRefused(422, "incorrect_password");
        assertThat(server.post(path + "/verify_password", "{}")).isRefused(422, "form_param_missing", "password");
        server.post(path + "/remove_password", "");
        assertThat(server.post(path + "/verify_password", right)).isRefused(400, "no_password_set");
    }

    @Test
    void aPasswordIsRemovedAndTheSessionsEndWhereThatIsAskedFor() {
        Fapi browser = usher.browser();
        String session = browser.signIn(person);
        assertThat(server.post(path + "/remove_password", "{}")).isOk().has("/password_enabled", "false");
        assertThat(browser.mint(session)).isOk();
        assertThat(signIn(person).status()).isEqualTo(400);
        assertThat(server.post(path + "/remove_password", "{\"sign_out_of_other_sessions\":true}"))
                .isOk();
        assertThat(browser.mint(session).status()).isEqualTo(401);
    }

    @Test
    void aCompromisedPasswordOpensNothingUntilAnotherIsSet() {
        assertThat(server.post(path + "/password/set_compromised", "")).isOk();
        assertThat(signIn(person)).isRefused(422, "form_password_compromised", "password");
        assertThat(signIn(new Person(person.email(), "wrong horse battery"))).isRefused(422, "form_password_incorrect");
        assertThat(server.post(path + "/password/unset_compromised", "")).isOk();
        assertThat(signIn(person)).isOk();
        server.post(path + "/password/set_compromised", "{\"revoke_all_sessions\":true}");
        server.patch(path, "{\"password\":\"another horse battery\"}");
        assertThat(signIn(new Person(person.email(), "another horse battery"))).isOk();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /ban",
        "POST, /unban",
        "POST, /lock",
        "POST, /unlock",
        "PATCH, /metadata",
        "PUT, /metadata",
        "POST, /verify_password",
        "POST, /remove_password",
        "POST, /password/set_compromised",
        "POST, /password/unset_compromised"
    })
    void anUnknownUserIsNotFound(String method, String action) {
        String json = action.equals("/verify_password") ? "{\"password\":\"x\"}" : "{}";
        assertThat(server.send(server.call(method, "/v1/users/user_nobody" + action, json)))
                .isRefused(404, "resource_not_found");
    }
}
