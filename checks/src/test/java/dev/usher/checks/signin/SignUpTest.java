package dev.usher.checks.signin;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From nothing to an account with its first session. */
class SignUpTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private final Person person = Person.fresh();
    private final Fapi browser = usher.browser();

    private Answer create(String... form) {
        return browser.post("/v1/client/sign_ups", form);
    }

    private String created() {
        return Fapi.require(create("email_address", person.email(), "password", person.password()))
                .string("/response/id");
    }

    private Answer prepare(String id) {
        return browser.post("/v1/client/sign_ups/" + id + "/prepare_verification", "strategy", "email_code");
    }

    private Answer attempt(String id, String code) {
        return browser.post(
                "/v1/client/sign_ups/" + id + "/attempt_verification", "strategy", "email_code", "code", code);
    }

    @Test
    void goesFromCreatedOverPreparedToComplete() {
        Answer created = create("email_address", person.email(), "password", person.password());
        assertThat(created)
                .isOk()
                .has("/response/status", "missing_requirements")
                .has("/response/missing_fields", "[]")
                .has("/response/unverified_fields", "[\"email_address\"]")
                .has("/response/verifications/email_address/status", "unverified")
                .has("/response/verifications/email_address/next_action", "needs_prepare")
                .has("/response/password_enabled", "true")
                .has("/client/sessions", "[]");
        String id = created.string("/response/id");
        assertThat(created).has("/client/sign_up/id", id);
        assertThat(prepare(id))
                .isOk()
                .has("/response/verifications/email_address/strategy", "email_code")
                .has("/response/verifications/email_address/next_action", "needs_attempt")
                .has("/response/verifications/email_address/attempts", "0");
        Answer done = attempt(id, "424242");
        assertThat(done)
                .isOk()
                .has("/response/status", "complete")
                .has("/response/verifications/email_address/status", "verified")
                .has("/client/sign_up", "null");
        String session = done.string("/response/created_session_id");
        assertThat(done).has("/client/last_active_session_id", session);
        assertThat(done.string("/response/created_user_id")).startsWith("user_");
        assertThat(done.string("/client/sessions/0/last_active_token/jwt")).isNotEmpty();
        assertThat(browser.mint(session)).isOk();
    }

    @Test
    void takesWhatIsThereAndNamesWhatIsMissing() {
        assertThat(create())
                .isOk()
                .has("/response/status", "missing_requirements")
                .has("/response/missing_fields", "[\"email_address\",\"password\"]");
        Answer half = create("email_address", person.email());
        assertThat(half).isOk().has("/response/missing_fields", "[\"password\"]");
        String id = half.string("/response/id");
        assertThat(prepare(id)).isOk();
        assertThat(attempt(id, "424242"))
                .isOk()
                .has("/response/status", "missing_requirements")
                .has("/response/unverified_fields", "[]");
        assertThat(browser.patch("/v1/client/sign_ups/" + id, "password", person.password()))
                .isOk()
                .has("/response/status", "complete");
        assertThat(browser.sessions()).hasSize(1);
    }

    @Test
    void keepsNamesAndMetadata() {
        Answer created = create(
                "email_address",
                person.email(),
                "password",
                person.password(),
                "first_name",
                "Ada",
                "last_name",
                "L",
                "unsafe_metadata",
                "{\"plan\":{\"seats\":3}}");
        assertThat(created).isOk().has("/response/unsafe_metadata/plan/seats", "3");
        String id = created.string("/response/id");
        prepare(id);
        attempt(id, "424242");
        assertThat(browser.get("/v1/me"))
                .isOk()
                .has("/response/first_name", "Ada")
                .has("/response/unsafe_metadata/plan/seats", "3");
    }

    @Test
    void anotherAddressHasToBeProvedAnew() {
        String id = Fapi.require(create("email_address", person.email())).string("/response/id");
        prepare(id);
        attempt(id, "424242");
        Answer changed = browser.patch(
                "/v1/client/sign_ups/" + id, "email_address", Person.fresh().email(), "password", person.password());
        assertThat(changed)
                .isOk()
                .has("/response/status", "missing_requirements")
                .has("/response/unverified_fields", "[\"email_address\"]");
        assertThat(attempt(id, "424242").status()).isEqualTo(400);
        assertThat(browser.sessions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "email_address|no address|form_param_format_invalid",
                "email_address|a@b@c.example|form_param_format_invalid",
                "email_address|@example.com|form_param_format_invalid",
                "password|short|form_password_length_too_short",
                "unsafe_metadata|no json|form_param_format_invalid",
                "unsafe_metadata|[1]|form_param_format_invalid",
                "strategy|saml|form_param_value_invalid",
                "strategy|phone_code|form_param_value_invalid",
                "phone_number|+15555550100|form_param_unknown",
                "username|ada|form_param_unknown",
                "is_admin|true|form_param_unknown",
                "public_metadata|{}|form_param_unknown",
            })
    void refusesAFieldByName(String field, String value, String code) {
        assertThat(create(field, value)).isRefused(422, code, field);
    }

    @Test
    void refusesAPasswordThatIsTooLongOrTheAddressItself() {
        assertThat(create("email_address", person.email(), "password", "x".repeat(5000)))
                .isRefused(422, "form_password_size_in_bytes_exceeded", "password");
        assertThat(create("email_address", person.email(), "password", person.email()))
                .isRefused(422, "form_password_matches_identifier", "password");
    }

    @Test
    void refusesAFieldThatStandsTwice() {
        assertThat(create("email_address", person.email(), "email_address", person.email()))
                .isRefused(422, "form_param_duplicate", "email_address");
    }

    @Test
    void refusesAnAddressThatIsTakenInAnySpelling() {
        usher.browser().signUp(person);
        for (String spelling :
                new String[] {person.email(), person.email().toUpperCase(Locale.ROOT), " " + person.email()})
            assertThat(create("email_address", spelling, "password", person.password()))
                    .isRefused(422, "form_identifier_exists", "email_address");
    }

    @Test
    void theFirstOfTwoPeopleToProveAnAddressHasIt() {
        Fapi other = usher.browser();
        String mine = created();
        String theirs = Fapi.require(other.post(
                        "/v1/client/sign_ups", "email_address", person.email(), "password", "another password"))
                .string("/response/id");
        prepare(mine);
        Fapi.require(other.post("/v1/client/sign_ups/" + theirs + "/prepare_verification", "strategy", "email_code"));
        assertThat(attempt(mine, "424242")).isOk().has("/response/status", "complete");
        assertThat(other.post(
                        "/v1/client/sign_ups/" + theirs + "/attempt_verification",
                        "strategy",
                        "email_code",
                        "code",
                        "424242"))
                .isRefused(422, "form_identifier_exists", "email_address");
        assertThat(other.sessions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "phone_code", "password", "email_link", "nonsense"})
    void preparesOnlyWithAStrategyItKnows(String strategy) {
        String path = "/v1/client/sign_ups/" + created() + "/prepare_verification";
        Answer answer = browser.post(path, "strategy", strategy);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer).has("/errors/0/meta/param_name", "strategy");
        assertThat(browser.post(path)).isRefused(422, "form_param_missing", "strategy");
    }

    @Test
    void aCodeIsAttemptedOnlyAfterOneWasSent() {
        assertThat(attempt(created(), "424242")).isRefused(400, "verification_not_sent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"000000", "42424", "4242424", "abcdef", "424243", "４２４２４２"})
    void aWrongCodeIsRefused(String code) {
        String id = created();
        prepare(id);
        assertThat(attempt(id, code)).isRefused(422, "form_code_incorrect", "code");
        assertThat(attempt(id, "424242")).isOk().has("/response/status", "complete");
    }

    @Test
    void aMissingOrEmptyCodeNamesItsField() {
        String id = created();
        prepare(id);
        String path = "/v1/client/sign_ups/" + id + "/attempt_verification";
        assertThat(browser.post(path, "strategy", "email_code")).isRefused(422, "form_param_missing", "code");
        assertThat(browser.post(path, "strategy", "email_code", "code", "")).isRefused(422, "form_param_nil", "code");
        assertThat(browser.post(path, "code", "424242")).isRefused(422, "form_param_missing", "strategy");
    }

    @Test
    void afterFiveWrongCodesEvenTheRightOneIsRefused() {
        String id = created();
        prepare(id);
        for (int i = 0; i < 5; i++) assertThat(attempt(id, "00000" + i)).isRefused(422, "form_code_incorrect", "code");
        assertThat(attempt(id, "424242")).isRefused(400, "verification_failed");
        usher.advance(Duration.ofSeconds(31));
        assertThat(prepare(id)).isOk();
        assertThat(attempt(id, "424242")).isOk().has("/response/status", "complete");
    }

    @Test
    void aCodeLastsTenMinutes() {
        String id = created();
        prepare(id);
        usher.advance(Duration.ofMinutes(10));
        assertThat(attempt(id, "424242")).isRefused(400, "verification_expired");
    }

    @Test
    void thereIsAPauseBetweenTwoCodes() {
        String id = created();
        prepare(id);
        assertThat(prepare(id)).isRefused(429, "verification_code_too_many_requests");
        usher.advance(Duration.ofSeconds(31));
        assertThat(prepare(id)).isOk();
    }

    @Test
    void aNewCodeVoidsTheOneBefore() {
        Person reader = Person.withInbox();
        String id = Fapi.require(create("email_address", reader.email(), "password", reader.password()))
                .string("/response/id");
        prepare(id);
        String first = usher.codeFor(reader);
        usher.advance(Duration.ofSeconds(31));
        prepare(id);
        String second = usher.codeFor(reader);
        if (!first.equals(second)) assertThat(attempt(id, first)).isRefused(422, "form_code_incorrect", "code");
        assertThat(attempt(id, second)).isOk().has("/response/status", "complete");
    }

    @Test
    void aCodeIsGoodOnce() {
        String id = created();
        prepare(id);
        assertThat(attempt(id, "424242")).isOk();
        Answer again = attempt(id, "424242");
        assertThat(again.status()).as(again.toString()).isBetween(400, 404);
        assertThat(browser.sessions()).hasSize(1);
    }

    @Test
    void theCodeOfOneAttemptIsNoneOfAnother() {
        Person reader = Person.withInbox();
        Person other = Person.withInbox();
        Fapi second = usher.browser();
        String mine = Fapi.require(create("email_address", reader.email(), "password", "long enough 1"))
                .string("/response/id");
        String theirs = Fapi.require(
                        second.post("/v1/client/sign_ups", "email_address", other.email(), "password", "long enough 2"))
                .string("/response/id");
        prepare(mine);
        Fapi.require(second.post("/v1/client/sign_ups/" + theirs + "/prepare_verification", "strategy", "email_code"));
        String theirCode = usher.codeFor(other);
        if (!theirCode.equals(usher.codeFor(reader)))
            assertThat(attempt(mine, theirCode)).isRefused(422, "form_code_incorrect", "code");
    }

    @Test
    void anAttemptIsForgottenADayAfterItsLastStep() {
        String id = created();
        usher.advance(Duration.ofHours(23));
        assertThat(browser.patch("/v1/client/sign_ups/" + id, "first_name", "Ada"))
                .isOk();
        usher.advance(Duration.ofHours(24));
        assertThat(prepare(id).status()).isIn(400, 404);
        assertThat(browser.client()).isOk().has("/response/sign_up", "null");
    }

    @Test
    void aNewAttemptTakesThePlaceOfTheOneBefore() {
        String first = created();
        String second =
                Fapi.require(create("email_address", Person.fresh().email())).string("/response/id");
        assertThat(browser.client()).has("/response/sign_up/id", second);
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void isTheSameForAnAppAndForADevelopmentBrowser() {
        for (Fapi caller : new Fapi[] {usher.nativeApp(), usher.devBrowser()}) {
            String session = caller.signUp(Person.withInbox());
            assertThat(caller.mint(session)).isOk();
        }
    }

    @Test
    void nothingIsSentToATestAddress() {
        prepare(created());
        Answer inbox = usher.get("/_usher/inbox.json?to=" + person.email().replace("+", "%2B"));
        assertThat(inbox).isOk().has("/total_count", "0");
    }
}
