package dev.usher.checks.backend;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One account: made, read, changed, deleted by a server. */
class UserTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private Bapi server;

    @BeforeEach
    void aServer() {
        server = usher.server();
    }

    private String made(Person person) {
        return Fapi.require(server.post("/v1/users", json(person))).string("/id");
    }

    private static String json(Person person) {
        return "{\"email_address\":[\"%s\"],\"password\":\"%s\"}".formatted(person.email(), person.password());
    }

    @Test
    void aUserIsMadeWithEverythingThatAServerKnows() {
        Person person = Person.fresh();
        Answer made = server.post("/v1/users", """
                {"external_id":"ext-1","first_name":"Ada","last_name":"Lovelace","locale":"en-GB",
                 "email_address":["%s","second-%s"],"phone_number":["+12015550123"],"username":"ada_lovelace",
                 "password":"%s","public_metadata":{"plan":"pro"},"private_metadata":{"crm":7},
                 "unsafe_metadata":{"seen":true},"created_at":"2012-10-20T07:15:20.902Z",
                 "legal_accepted_at":"2012-10-21T07:15:20Z","delete_self_enabled":false,
                 "create_organization_enabled":true,"create_organizations_limit":3,"bypass_client_trust":true}
                """.formatted(person.email(), person.email(), person.password()));
        assertThat(made)
                .isOk()
                .has("/object", "user")
                .has("/external_id", "ext-1")
                .has("/first_name", "Ada")
                .has("/last_name", "Lovelace")
                .has("/locale", "en-GB")
                .has("/username", "ada_lovelace")
                .has("/password_enabled", "true")
                .has("/email_addresses/0/email_address", person.email())
                .has("/email_addresses/0/verification/strategy", "admin")
                .has("/email_addresses/0/verification/status", "verified")
                .has("/email_addresses/1/email_address", "second-" + person.email())
                .has("/phone_numbers/0/phone_number", "+12015550123")
                .has("/public_metadata/plan", "pro")
                .has("/private_metadata/crm", "7")
                .has("/unsafe_metadata/seen", "true")
                .has("/created_at", "1350717320902")
                .has("/legal_accepted_at", "1350803720000")
                .has("/delete_self_enabled", "false")
                .has("/create_organization_enabled", "true")
                .has("/create_organizations_limit", "3")
                .has("/last_sign_in_at", "null")
                .has("/banned", "false")
                .has("/locked", "false");
        assertThat(made).has("/primary_email_address_id", made.string("/email_addresses/0/id"));
        assertThat(made).has("/primary_phone_number_id", made.string("/phone_numbers/0/id"));
        assertThat(server.get("/v1/users/" + made.string("/id")).json()).isEqualTo(made.json());
    }

    @Test
    void aUserThatAServerMadeSignsInWithThePassword() {
        Person person = Person.fresh();
        String id = made(person);
        Fapi browser = usher.browser();
        browser.signIn(person);
        assertThat(browser.get("/v1/me")).isOk().has("/response/id", id);
    }

    @Test
    void thePersonNeverSeesThePrivateMetadata() {
        Person person = Person.fresh();
        String id = made(person);
        server.patch("/v1/users/" + id + "/metadata", "{\"private_metadata\":{\"note\":\"for servers alone\"}}");
        Fapi browser = usher.browser();
        browser.signIn(person);
        assertThat(browser.get("/v1/me").text()).doesNotContain("for servers alone", "private_metadata");
        assertThat(browser.client().text()).doesNotContain("for servers alone", "private_metadata");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"password\":\"correct horse battery\"}|form_data_missing|email_address",
                "{\"email_address\":[\"no-password@example.com\"]}|form_data_missing|password",
                "{\"email_address\":[\"not an address\"],\"password\":\"correct horse battery\"}"
                        + "|form_param_format_invalid|email_address",
                "{\"email_address\":\"a@example.com\"}|form_param_type_invalid|email_address",
                "{\"phone_number\":[\"555\"],\"password\":\"correct horse battery\"}"
                        + "|form_param_format_invalid|phone_number",
                "{\"email_address\":[\"short@example.com\"],\"password\":\"short\"}"
                        + "|form_password_length_too_short|password",
                "{\"username\":\"ab\",\"password\":\"correct horse battery\"}|form_username_invalid_length|username",
                "{\"username\":\"with space\",\"password\":\"correct horse battery\"}"
                        + "|form_username_invalid_character|username",
                "{\"username\":\"12345\",\"password\":\"correct horse battery\"}"
                        + "|form_username_needs_non_number_char|username",
                "{\"username\":\"later\",\"created_at\":\"2999-01-01T00:00:00Z\"}|form_param_invalid_time|created_at",
                "{\"username\":\"later\",\"created_at\":\"yesterday\"}|form_param_invalid_time|created_at",
                "{\"username\":\"later\",\"create_organizations_limit\":-1}"
                        + "|form_param_value_invalid|create_organizations_limit",
                "{\"username\":\"later\",\"shoe_size\":44}|form_param_unknown|shoe_size",
                "{\"username\":\"later\",\"public_metadata\":[]}|form_param_type_invalid|public_metadata",
                "{\"username\":\"later\",\"password\":\"correct horse battery\",\"email_address\":[\"x@example.com\"],"
                        + "\"email_address_identification_status\":[]}|none|none",
                "{\"email_address\":[\"y@example.com\"],\"email_address_identification_status\":[\"verified\",\"verified\"]}"
                        + "|form_param_array_length_mismatch|email_address_identification_status",
                "{\"email_address\":[\"z@example.com\"],\"email_address_identification_status\":[\"unverified\"]}"
                        + "|form_param_value_invalid|email_address_identification_status",
            })
    void whatCannotBeMadeIsRefused(String json, String code, String param) {
        Answer answer = server.post("/v1/users", json);
        if (code.equals("none")) assertThat(answer).isOk();
        else assertThat(answer).isRefused(422, code, param);
    }

    @Test
    void checksAndRequirementsCanBeSkipped() {
        assertThat(
                        server.post(
                                "/v1/users",
                                "{\"email_address\":[\"weak@example.com\"],\"password\":\"weak\",\"skip_password_checks\":true}"))
                .isOk()
                .has("/password_enabled", "true");
        assertThat(server.post("/v1/users", "{\"skip_password_requirement\":true,\"skip_user_requirement\":true}"))
                .isOk()
                .has("/password_enabled", "false")
                .has("/primary_email_address_id", "null");
    }

    @Test
    void whatIsUniqueStaysSo() {
        Person person = Person.fresh();
        String id = made(person);
        server.patch("/v1/users/" + id, "{\"external_id\":\"unique-1\",\"username\":\"unique_one\"}");
        String other = made(Person.fresh());
        assertThat(server.post("/v1/users", json(person))).isRefused(422, "form_identifier_exists", "email_address");
        assertThat(server.patch("/v1/users/" + other, "{\"external_id\":\"unique-1\"}"))
                .isRefused(422, "form_identifier_exists", "external_id");
        assertThat(server.patch("/v1/users/" + other, "{\"username\":\"Unique_One\"}"))
                .isRefused(422, "form_identifier_exists", "username");
        assertThat(server.get("/v1/users/" + other)).has("/external_id", "null").has("/username", "null");
    }

    @Test
    void aChangeKeepsWhatItDoesNotNameAndClearsWhatIsNull() {
        String id = made(Person.fresh());
        server.patch("/v1/users/" + id, "{\"first_name\":\"Grace\",\"last_name\":\"Hopper\",\"external_id\":\"gh\"}");
        assertThat(server.patch("/v1/users/" + id, "{\"last_name\":null,\"external_id\":\"\"}"))
                .isOk()
                .has("/first_name", "Grace")
                .has("/last_name", "null")
                .has("/external_id", "null");
    }

    @Test
    void anotherPasswordHoldsAtOnceAndSignsOutWhereThatIsAskedFor() {
        Person person = Person.fresh();
        String id = made(person);
        Fapi browser = usher.browser();
        String session = browser.signIn(person);
        assertThat(server.patch("/v1/users/" + id, "{\"password\":\"another horse battery\"}"))
                .isOk();
        assertThat(browser.mint(session)).isOk();
        assertThat(server.patch(
                        "/v1/users/" + id,
                        "{\"password\":\"a third horse battery\",\"sign_out_of_other_sessions\":true}"))
                .isOk();
        assertThat(browser.mint(session).status()).isEqualTo(401);
        Fapi again = usher.browser();
        assertThat(again.post("/v1/client/sign_ins", "identifier", person.email(), "password", person.password()))
                .isRefused(422, "form_password_incorrect");
        again.signIn(new Person(person.email(), "a third horse battery"));
    }

    @Test
    void anotherPrimaryAddressHasToBeTheUsersOwn() {
        Person person = Person.fresh();
        String id = made(person);
        Answer second = server.post(
                "/v1/email_addresses",
                "{\"user_id\":\"%s\",\"email_address\":\"2-%s\",\"verified\":true}".formatted(id, person.email()));
        assertThat(server.patch("/v1/users/" + id, "{\"primary_email_address_id\":\"" + second.string("/id") + "\"}"))
                .isOk()
                .has("/primary_email_address_id", second.string("/id"));
        String other = made(Person.fresh());
        assertThat(server.patch(
                        "/v1/users/" + other, "{\"primary_email_address_id\":\"" + second.string("/id") + "\"}"))
                .isRefused(422, "form_resource_not_found", "primary_email_address_id");
    }

    @Test
    void metadataIsNoPartOfAChangeInTheNewestVersion() {
        String id = made(Person.fresh());
        assertThat(server.patch("/v1/users/" + id, "{\"public_metadata\":{}}"))
                .isRefused(422, "form_param_unknown", "public_metadata");
    }

    @Test
    void metadataIsReplacedByAChangeInOlderVersions() throws IOException {
        String id = made(Person.fresh());
        server.patch("/v1/users/" + id + "/metadata", "{\"public_metadata\":{\"a\":1},\"private_metadata\":{\"b\":2}}");
        Call call = Call.of("PATCH", "/v1/users/" + id)
                .with("Authorization", "Bearer " + usher.process().key("CLERK_SECRET_KEY"))
                .with("Clerk-API-Version", "2025-11-10")
                .with("Content-Type", "application/json")
                .with("{\"public_metadata\":{\"c\":3}}".getBytes(StandardCharsets.UTF_8));
        assertThat(usher.send(call)).isOk().has("/public_metadata", "{\"c\":3}").has("/private_metadata", "{\"b\":2}");
    }

    @Test
    void aPasswordComesAsADigestOfAnotherServer() {
        Person person = Person.fresh();
        // Of the usual password, made by the crypt function of a C library.
        String digest = "$2b$05$YxsXB5rIc.ZDCYJTZfETxOP5FqtYaCWJ629l4bL6NsfdA5vY4qpJG";
        assertThat(server.post(
                        "/v1/users",
                        "{\"email_address\":[\"%s\"],\"password_digest\":\"%s\",\"password_hasher\":\"bcrypt\"}"
                                .formatted(person.email(), digest)))
                .isOk()
                .has("/password_enabled", "true");
        usher.browser().signIn(person);
        String other = "{\"username\":\"with_digest\",\"password_digest\":\"%s\"%s}";
        assertThat(server.post("/v1/users", other.formatted("no digest", ",\"password_hasher\":\"bcrypt\"")))
                .isRefused(422, "form_password_digest_invalid_code", "password_digest");
        assertThat(server.post("/v1/users", other.formatted(digest, ",\"password_hasher\":\"rot13\"")))
                .isRefused(422, "form_param_value_invalid", "password_hasher");
        assertThat(server.post("/v1/users", other.formatted(digest, "")))
                .isRefused(422, "form_param_missing", "password_hasher");
    }

    @Test
    void aDeletedUserIsGoneWithTheSessions() {
        Person person = Person.fresh();
        String id = made(person);
        Fapi browser = usher.browser();
        String session = browser.signIn(person);
        assertThat(server.delete("/v1/users/" + id))
                .isOk()
                .has("/object", "user")
                .has("/id", id)
                .has("/deleted", "true");
        assertThat(server.get("/v1/users/" + id)).isRefused(404, "resource_not_found");
        assertThat(server.delete("/v1/users/" + id)).isRefused(404, "resource_not_found");
        assertThat(browser.mint(session).status()).isEqualTo(401);
        made(person);
    }

    @ParameterizedTest
    @CsvSource({"GET", "PATCH", "DELETE"})
    void anUnknownUserIsNotFound(String method) {
        assertThat(server.send(server.call(method, "/v1/users/user_nobody", method.equals("PATCH") ? "{}" : "")))
                .isRefused(404, "resource_not_found");
    }

    @Test
    void aUserWhoMayNotDeleteTheAccountIsRefused() {
        Person person = Person.fresh();
        String id = made(person);
        server.patch("/v1/users/" + id, "{\"delete_self_enabled\":false}");
        Fapi browser = usher.browser();
        browser.signIn(person);
        assertThat(browser.delete("/v1/me")).isRefused(403, "user_delete_self_not_enabled");
    }
}
