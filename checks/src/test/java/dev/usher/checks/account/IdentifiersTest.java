package dev.usher.checks.account;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** E-mail addresses and phone numbers of a signed-in person. */
class IdentifiersTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              phone-numbers:
                use: sign-in
            """);

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Fapi browser = usher.browser();
    private final Person person = Person.fresh();

    @BeforeEach
    void somebodyIsSignedIn() {
        browser.signUp(person);
    }

    /** A test number that nobody has yet. */
    private static String testNumber() {
        int count = COUNT.incrementAndGet();
        return "+1%03d55501%02d".formatted(201 + count / 100, count % 100);
    }

    private Answer add(String field, String value) {
        return browser.post("/v1/me/" + field + (field.endsWith("s") ? "es/" : "s/"), field, value);
    }

    private String added(String field, String value) {
        return Fapi.require(add(field, value)).string("/response/id");
    }

    private Answer verified(String path, String strategy, String code) {
        Fapi.require(browser.post(path + "/prepare_verification/", "strategy", strategy));
        return browser.post(path + "/attempt_verification/", "code", code);
    }

    private String verifiedNumber() {
        String id = added("phone_number", testNumber());
        assertThat(verified("/v1/me/phone_numbers/" + id, "phone_code", "424242"))
                .isOk();
        return id;
    }

    @Test
    void anAddressIsAddedProvedMadePrimaryAndRemoved() {
        String address = Person.fresh().email();
        String id = added("email_address", address);
        String first = browser.get("/v1/me").string("/response/primary_email_address_id");
        String path = "/v1/me/email_addresses/" + id;
        assertThat(browser.get(path)).isOk().has("/response/verification", "null");
        assertThat(browser.patch("/v1/me", "primary_email_address_id", id))
                .isRefused(422, "form_resource_not_found", "primary_email_address_id");
        assertThat(verified(path, "email_code", "424242")).isOk().has("/response/verification/status", "verified");
        assertThat(browser.patch("/v1/me", "primary_email_address_id", id))
                .isOk()
                .has("/response/primary_email_address_id", id);
        assertThat(browser.delete(path)).isOk().has("/response/deleted", "true");
        assertThat(browser.get("/v1/me")).isOk().has("/response/primary_email_address_id", first);
        assertThat(browser.get(path)).isRefused(404, "resource_not_found");
    }

    @Test
    void theLastIdentifierStays() {
        String id = browser.get("/v1/me").string("/response/primary_email_address_id");
        assertThat(browser.delete("/v1/me/email_addresses/" + id))
                .isRefused(400, "last_required_identification_deletion_failed");
    }

    @Test
    void anAddressOfSomebodyElseIsRefused() {
        Person other = Person.fresh();
        usher.browser().signUp(other);
        assertThat(add("email_address", other.email())).isRefused(422, "form_identifier_exists", "email_address");
        assertThat(add("email_address", person.email())).isRefused(422, "form_identifier_exists", "email_address");
    }

    @Test
    void anotherPersonsIdentifierIsNotFound() {
        String id = verifiedNumber();
        Fapi stranger = usher.browser();
        stranger.signUp(Person.fresh());
        String path = "/v1/me/phone_numbers/" + id;
        assertThat(stranger.get(path)).isRefused(404, "resource_not_found");
        assertThat(stranger.delete(path)).isRefused(404, "resource_not_found");
        assertThat(stranger.patch(path, "reserved_for_second_factor", "true")).isRefused(404, "resource_not_found");
        assertThat(stranger.post(path + "/prepare_verification", "strategy", "phone_code"))
                .isRefused(404, "resource_not_found");
        assertThat(browser.get(path)).isOk();
    }

    @Test
    void aNumberIsAddedProvedReservedAndRemoved() {
        String id = added("phone_number", testNumber());
        String path = "/v1/me/phone_numbers/" + id;
        assertThat(browser.patch(path, "reserved_for_second_factor", "true"))
                .isRefused(400, "identification_update_second_factor_unverified");
        assertThat(verified(path, "phone_code", "000000")).isRefused(422, "form_code_incorrect", "code");
        assertThat(browser.post(path + "/attempt_verification", "code", "424242"))
                .isOk()
                .has("/response/verification/status", "verified")
                .has("/client/sessions/0/user/primary_phone_number_id", id);
        assertThat(browser.patch(path, "reserved_for_second_factor", "true", "default_second_factor", "true"))
                .isOk()
                .has("/response/reserved_for_second_factor", "true")
                .has("/response/default_second_factor", "true")
                .has("/client/sessions/0/user/two_factor_enabled", "true");
        assertThat(browser.get("/v1/me/phone_numbers").at("/0/id").asString()).isEqualTo(id);
    }

    @Test
    void aCodeGoesOutBySms() {
        String number = "+16502530000";
        String id = added("phone_number", number);
        String path = "/v1/me/phone_numbers/" + id;
        assertThat(browser.post(path + "/prepare_verification", "strategy", "phone_code"))
                .isOk()
                .has("/response/verification/status", "unverified")
                .has("/response/verification/strategy", "phone_code");
        Answer inbox = usher.get("/_usher/inbox.json?limit=1&to=%2B16502530000");
        assertThat(inbox).isOk().has("/data/0/channel", "sms");
        assertThat(browser.post(path + "/attempt_verification", "code", inbox.string("/data/0/code")))
                .isOk()
                .has("/response/verification/status", "verified");
        assertThat(browser.delete(path)).isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "+1", "(201) 555-0123", "+1201555", "abc"})
    void whatIsNoNumberIsRefused(String text) {
        assertThat(add("phone_number", text)).isRefused(422, "form_param_format_invalid", "phone_number");
    }

    @Test
    void aNumberOfAnotherCountryIsRefused() {
        assertThat(add("phone_number", "+4915123456789")).isRefused(403, "unsupported_country_code");
    }

    @ParameterizedTest
    @CsvSource({"+1 (201) 555-0199", "+1.201.555.0199"})
    void aNumberCountsInAnySpelling(String spelling) {
        Answer added = add("phone_number", spelling);
        assertThat(added).isOk().has("/response/phone_number", "+12015550199");
        assertThat(browser.delete("/v1/me/phone_numbers/" + added.string("/response/id")))
                .isOk();
    }

    @Test
    void sensitiveChangesAskForARecentProof() {
        String id = verifiedNumber();
        usher.advance(Duration.ofMinutes(10));
        String path = "/v1/me/phone_numbers/" + id;
        assertThat(add("phone_number", testNumber())).isRefused(403, "session_reverification_required");
        assertThat(add("email_address", Person.fresh().email())).isRefused(403, "session_reverification_required");
        assertThat(browser.patch(path, "reserved_for_second_factor", "true"))
                .isRefused(403, "session_reverification_required");
        assertThat(browser.delete(path)).isRefused(403, "session_reverification_required");
        assertThat(browser.patch("/v1/me", "primary_phone_number_id", id))
                .isRefused(403, "session_reverification_required");
        assertThat(browser.delete("/v1/me")).isRefused(403, "session_reverification_required");
        assertThat(browser.patch("/v1/me", "first_name", "Ann")).isOk();
    }

    @Test
    void anAccountIsMadeByPhoneNumberAlone() {
        Fapi fresh = usher.browser();
        String number = testNumber();
        Answer created = fresh.post("/v1/client/sign_ups", "phone_number", number, "password", person.password());
        assertThat(created).isOk().has("/response/unverified_fields", "[\"phone_number\"]");
        String path = "/v1/client/sign_ups/" + created.string("/response/id");
        assertThat(fresh.post(path + "/prepare_verification", "strategy", "phone_code"))
                .isOk();
        Answer done = fresh.post(path + "/attempt_verification", "strategy", "phone_code", "code", "424242");
        assertThat(done).isOk().has("/response/status", "complete");
        assertThat(done.string("/client/sessions/0/user/phone_numbers/0/phone_number"))
                .isEqualTo(number);
        assertThat(usher.browser().post("/v1/client/sign_ups", "phone_number", number, "password", "another pass 1"))
                .isRefused(422, "form_identifier_exists", "phone_number");
    }
}
