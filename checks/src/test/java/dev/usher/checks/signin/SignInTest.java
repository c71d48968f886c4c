package dev.usher.checks.signin;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From an identifier to a session. */
class SignInTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private static final Person MEMBER = Person.fresh();
    private static final Person READER = Person.withInbox();

    private final Fapi browser = usher.browser();

    @BeforeAll
    static void twoPeopleHaveAccounts() {
        usher.browser().signUp(MEMBER);
        usher.browser().signUp(READER);
    }

    private Answer create(String... form) {
        return browser.post("/v1/client/sign_ins", form);
    }

    private String created() {
        return Fapi.require(create("identifier", MEMBER.email())).string("/response/id");
    }

    private Answer prepare(String id, String... form) {
        return browser.post("/v1/client/sign_ins/" + id + "/prepare_first_factor", form);
    }

    private Answer attempt(String id, String... form) {
        return browser.post("/v1/client/sign_ins/" + id + "/attempt_first_factor", form);
    }

    private void isComplete(Answer done, String strategy) {
        assertThat(done)
                .isOk()
                .has("/response/status", "complete")
                .has("/response/first_factor_verification/status", "verified")
                .has("/response/first_factor_verification/strategy", strategy)
                .has("/response/supported_first_factors", "null")
                .has("/client/sign_in", "null")
                .has("/client/last_authentication_strategy", strategy)
                .has("/client/last_active_session_id", done.string("/response/created_session_id"));
        assertThat(browser.mint(done.string("/response/created_session_id"))).isOk();
    }

    @Test
    void anIdentifierAloneBringsTheWaysToGoOn() {
        Answer created = create("identifier", MEMBER.email());
        assertThat(created)
                .isOk()
                .has("/response/status", "needs_first_factor")
                .has("/response/identifier", MEMBER.email())
                .has("/response/created_session_id", "null");
        var strategies = created.at("/response/supported_first_factors")
                .valueStream()
                .map(factor -> factor.path("strategy").asString());
        assertThat(strategies).containsExactlyInAnyOrder("password", "email_code", "reset_password_email_code");
        assertThat(created.at("/response/supported_first_factors").toString()).doesNotContain(MEMBER.email());
        assertThat(created.string("/client/sign_in/id")).isEqualTo(created.string("/response/id"));
    }

    @Test
    void nothingAtAllIsAnAttemptThatNeedsAnIdentifier() {
        assertThat(create()).isOk().has("/response/status", "needs_identifier");
    }

    @Test
    void identifierAndPasswordTogetherAreEnough() {
        isComplete(create("identifier", MEMBER.email(), "password", MEMBER.password()), "password");
    }

    @Test
    void theIdentifierCountsInAnySpelling() {
        String loud = "  " + MEMBER.email().toUpperCase(Locale.ROOT) + " ";
        isComplete(create("identifier", loud, "password", MEMBER.password(), "strategy", "password"), "password");
    }

    @Test
    void aPasswordMayComeSecond() {
        isComplete(attempt(created(), "strategy", "password", "password", MEMBER.password()), "password");
    }

    @Test
    void aCodeMayBeAskedForAtOnce() {
        Answer created = create("identifier", MEMBER.email(), "strategy", "email_code");
        assertThat(created)
                .isOk()
                .has("/response/status", "needs_first_factor")
                .has("/response/first_factor_verification/status", "unverified")
                .has("/response/first_factor_verification/strategy", "email_code");
        isComplete(attempt(created.string("/response/id"), "strategy", "email_code", "code", "424242"), "email_code");
    }

    @Test
    void aCodeIsReadInTheInbox() {
        String id = Fapi.require(create("identifier", READER.email())).string("/response/id");
        usher.advance(Duration.ofSeconds(31));
        Answer prepared = prepare(id, "strategy", "email_code");
        assertThat(prepared).isOk().has("/response/first_factor_verification/attempts", "0");
        isComplete(attempt(id, "strategy", "email_code", "code", usher.codeFor(READER)), "email_code");
    }

    @Test
    void theAddressOfTheCodeMayBeNamed() {
        Answer created = create("identifier", MEMBER.email());
        String address = created.at("/response/supported_first_factors")
                .valueStream()
                .filter(factor -> factor.path("strategy").asString().equals("email_code"))
                .findFirst()
                .orElseThrow()
                .path("email_address_id")
                .asString();
        String id = created.string("/response/id");
        assertThat(prepare(id, "strategy", "email_code", "email_address_id", "idn_unknown")
                        .status())
                .isIn(404, 422);
        assertThat(prepare(id, "strategy", "email_code", "email_address_id", address))
                .isOk();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "identifier|nobody@example.com|form_identifier_not_found",
                "identifier|no address|form_param_format_invalid",
                "strategy|saml|form_param_value_invalid",
                "strategy|oauth_google|form_param_value_invalid",
                "tickets|abc|form_param_unknown",
                "user_id|user_1|form_param_unknown",
            })
    void refusesAFieldByName(String field, String value, String code) {
        assertThat(create(field, value)).isRefused(422, code, field);
    }

    @Test
    void refusesAFieldThatStandsTwice() {
        assertThat(create("identifier", MEMBER.email(), "identifier", READER.email()))
                .isRefused(422, "form_param_duplicate", "identifier");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "correct horse battery ", "Correct horse battery", "correct horse batter"})
    void refusesAWrongPasswordAndLeavesNobodySignedIn(String password) {
        assertThat(create("identifier", MEMBER.email(), "password", password))
                .isRefused(422, "form_password_incorrect", "password");
        assertThat(attempt(created(), "strategy", "password", "password", password))
                .isRefused(422, "form_password_incorrect", "password");
        assertThat(browser.sessions()).isEmpty();
    }

    @Test
    void refusesAPasswordThatIsMissingOrEmpty() {
        assertThat(create("identifier", MEMBER.email(), "strategy", "password"))
                .isRefused(422, "form_param_missing", "password");
        String id = created();
        assertThat(attempt(id, "strategy", "password")).isRefused(422, "form_param_missing", "password");
        assertThat(attempt(id, "strategy", "password", "password", "")).isRefused(422, "form_param_nil", "password");
        assertThat(attempt(id, "password", MEMBER.password())).isRefused(422, "form_param_missing", "strategy");
    }

    @Test
    void refusesACodeThatWasNeverAskedFor() {
        assertThat(attempt(created(), "strategy", "email_code", "code", "424242"))
                .isRefused(400, "verification_not_sent");
    }

    @Test
    void refusesStrategiesThatAreNotPreparedAndThoseItDoesNotKnow() {
        String id = created();
        for (String strategy : new String[] {"password", "totp", "nonsense"})
            assertThat(prepare(id, "strategy", strategy)).isRefused(422, "form_param_value_invalid", "strategy");
        for (String strategy : new String[] {"phone_code", "passkey", "reset_password_phone_code"})
            assertThat(prepare(id, "strategy", strategy)).isRefused(400, "strategy_for_user_invalid");
        assertThat(prepare(id)).isRefused(422, "form_param_missing", "strategy");
        assertThat(attempt(id, "strategy", "nonsense", "code", "1"))
                .isRefused(422, "form_param_value_invalid", "strategy");
    }

    @Test
    void afterFiveWrongCodesEvenTheRightOneIsRefused() {
        Person person = Person.fresh();
        usher.browser().signUp(person);
        String id = Fapi.require(create("identifier", person.email())).string("/response/id");
        prepare(id, "strategy", "email_code");
        for (int i = 0; i < 5; i++)
            assertThat(attempt(id, "strategy", "email_code", "code", "00000" + i))
                    .isRefused(422, "form_code_incorrect", "code");
        assertThat(attempt(id, "strategy", "email_code", "code", "424242")).isRefused(400, "verification_failed");
        assertThat(browser.sessions()).isEmpty();
    }

    @Test
    void aCodeLastsTenMinutesAndIsNotSentTwiceInHalfOne() {
        String id = created();
        prepare(id, "strategy", "email_code");
        assertThat(prepare(id, "strategy", "email_code")).isRefused(429, "verification_code_too_many_requests");
        usher.advance(Duration.ofMinutes(10));
        assertThat(attempt(id, "strategy", "email_code", "code", "424242")).isRefused(400, "verification_expired");
    }

    @Test
    void aCompletedAttemptIsNotCompletedAgain() {
        String id = created();
        prepare(id, "strategy", "email_code");
        assertThat(attempt(id, "strategy", "email_code", "code", "424242")).isOk();
        assertThat(attempt(id, "strategy", "email_code", "code", "424242").status())
                .isEqualTo(400);
        assertThat(attempt(id, "strategy", "password", "password", MEMBER.password())
                        .status())
                .isEqualTo(400);
        assertThat(browser.get("/v1/client/sign_ins/" + id)).isOk().has("/response/status", "complete");
        assertThat(browser.sessions()).hasSize(1);
    }

    @Test
    void theCodeOfASignUpOpensNoSignIn() {
        Person someone = Person.withInbox();
        Fapi signingUp = usher.browser();
        String signUp = Fapi.require(signingUp.post("/v1/client/sign_ups", "email_address", someone.email()))
                .string("/response/id");
        Fapi.require(
                signingUp.post("/v1/client/sign_ups/" + signUp + "/prepare_verification", "strategy", "email_code"));
        String id = created();
        prepare(id, "strategy", "email_code");
        assertThat(attempt(id, "strategy", "email_code", "code", usher.codeFor(someone)))
                .isRefused(422, "form_code_incorrect", "code");
    }

    @Test
    void anUnknownAttemptIsNotFound() {
        Fapi.require(create("identifier", MEMBER.email()));
        assertThat(browser.get("/v1/client/sign_ins/sia_unknown")).isRefused(404, "resource_not_found");
        assertThat(prepare("sia_unknown", "strategy", "email_code")).isRefused(404, "resource_not_found");
        assertThat(attempt("sia_unknown", "strategy", "password", "password", "x"))
                .isRefused(404, "resource_not_found");
    }
}
