package dev.usher.checks.factor;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Otp;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Second factors: added, asked for when signing in, spent once, removed. */
class SecondFactorTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              phone-numbers:
                use: sign-in
            """);

    private final Fapi other = usher.browser();

    private Answer attempt(String signIn, String strategy, String code) {
        return other.post(
                "/v1/client/sign_ins/" + signIn + "/attempt_second_factor", "strategy", strategy, "code", code);
    }

    private String waiting(Factored one) {
        Answer answer = Factored.signIn(other, one.person);
        assertThat(answer)
                .isOk()
                .has("/response/status", "needs_second_factor")
                .has("/response/created_session_id", "null")
                .has("/client/sessions", "[]");
        return answer.string("/response/id");
    }

    private void isComplete(Answer done, String strategy) {
        assertThat(done)
                .isOk()
                .has("/response/status", "complete")
                .has("/response/second_factor_verification/strategy", strategy)
                .has("/response/second_factor_verification/status", "verified");
        String session = done.string("/response/created_session_id");
        assertThat(Factored.ages(other, session)).isEqualTo("[0,0]");
        assertThat(done).has("/client/sessions/0/factor_verification_age", "[0,0]");
    }

    @Test
    void withoutASecondFactorTheAgesAreThoseOfTheFirst() {
        Factored one = new Factored(usher);
        assertThat(Factored.ages(one.browser, one.session)).isEqualTo("[0,-1]");
    }

    @Test
    void anAuthenticatorAppIsAddedAndAskedFor() {
        Factored one = new Factored(usher);
        Answer begun = one.browser.post("/v1/me/totp");
        String uri = begun.string("/response/uri");
        String secret = begun.string("/response/secret");
        assertThat(secret).hasSize(32);
        assertThat(uri).startsWith("otpauth://totp/").contains("secret=" + secret, "digits=6", "period=30");
        assertThat(one.browser.get("/v1/me")).has("/response/totp_enabled", "false");
        one.withTotp();
        assertThat(one.backupCodes).hasSize(10).allMatch(code -> code.matches("[a-z0-9]{8}"));
        assertThat(one.browser.get("/v1/me"))
                .has("/response/totp_enabled", "true")
                .has("/response/two_factor_enabled", "true")
                .has("/response/backup_code_enabled", "true");
        assertThat(one.browser.post("/v1/me/totp")).isRefused(400, "totp_already_enabled");
        isComplete(attempt(waiting(one), "totp", one.totp()), "totp");
    }

    @Test
    void aStepIsSpentOnceAndOnlyForward() {
        Factored one = new Factored(usher).withTotp();
        String previous = one.totp();
        one.nextStep();
        String present = one.totp();
        isComplete(attempt(waiting(one), "totp", present), "totp");
        Fapi.require(other.delete("/v1/client/sessions"));
        assertThat(attempt(waiting(one), "totp", present)).isRefused(422, "form_code_incorrect", "code");
        assertThat(attempt(waiting(one), "totp", previous)).isRefused(422, "form_code_incorrect", "code");
        one.nextStep();
        String late = one.totp();
        one.nextStep();
        isComplete(attempt(waiting(one), "totp", late), "totp");
    }

    @Test
    void theCodeThatEndedTheEnrolmentIsSpent() {
        Factored one = new Factored(usher);
        one.otp = new Otp(Fapi.require(one.browser.post("/v1/me/totp")).string("/response/secret"));
        String code = one.totp();
        Fapi.require(one.browser.post("/v1/me/totp/attempt_verification", "code", code));
        assertThat(attempt(waiting(one), "totp", code)).isRefused(422, "form_code_incorrect", "code");
    }

    @Test
    void aBackupCodeIsGoodOnceInAnySpelling() {
        Factored one = new Factored(usher).withTotp();
        String code = one.backupCodes.getFirst().toUpperCase(Locale.ROOT);
        String spelled = code.substring(0, 4) + "-" + code.substring(4);
        isComplete(attempt(waiting(one), "backup_code", spelled), "backup_code");
        Fapi.require(other.delete("/v1/client/sessions"));
        assertThat(attempt(waiting(one), "backup_code", code)).isRefused(422, "form_code_incorrect", "code");
        isComplete(attempt(waiting(one), "backup_code", one.backupCodes.get(1)), "backup_code");
    }

    @Test
    void newBackupCodesVoidTheOld() {
        Factored one = new Factored(usher).withTotp();
        Answer made = one.browser.post("/v1/me/backup_codes/");
        assertThat(made).isOk();
        assertThat(made.at("/response/codes").size()).isEqualTo(10);
        String signIn = waiting(one);
        assertThat(attempt(signIn, "backup_code", one.backupCodes.getFirst())).isRefused(422, "form_code_incorrect");
        isComplete(attempt(signIn, "backup_code", made.string("/response/codes/0")), "backup_code");
    }

    @Test
    void backupCodesAreForAccountsWithAnotherSecondFactor() {
        assertThat(new Factored(usher).browser.post("/v1/me/backup_codes"))
                .isRefused(400, "backup_codes_not_available");
    }

    @Test
    void aPhoneNumberMayBeTheSecondFactorAndThenIsNoFirstOne() {
        Factored one = new Factored(usher).withPhone(true);
        assertThat(one.backupCodes).hasSize(10);
        Answer begun = other.post("/v1/client/sign_ins", "identifier", one.person.email());
        assertThat(begun.at("/response/supported_first_factors").toString()).doesNotContain(one.phoneId);
        String signIn = waiting(one);
        Answer prepared = other.post(
                "/v1/client/sign_ins/" + signIn + "/prepare_second_factor",
                "strategy",
                "phone_code",
                "phone_number_id",
                one.phoneId);
        assertThat(prepared).isOk().has("/response/second_factor_verification/status", "unverified");
        assertThat(prepared.at("/response/supported_second_factors").toString()).contains(one.phoneId);
        isComplete(attempt(signIn, "phone_code", "424242"), "phone_code");
    }

    @Test
    void aPhoneNumberSignsIn() {
        Factored one = new Factored(usher).withPhone(false);
        String number = one.browser.get("/v1/me/phone_numbers/" + one.phoneId).string("/response/phone_number");
        Answer begun = other.post("/v1/client/sign_ins", "identifier", number, "strategy", "phone_code");
        assertThat(begun).isOk().has("/response/first_factor_verification/strategy", "phone_code");
        Answer done = other.post(
                "/v1/client/sign_ins/" + begun.string("/response/id") + "/attempt_first_factor",
                "strategy",
                "phone_code",
                "code",
                "424242");
        assertThat(done).isOk().has("/response/status", "complete");
    }

    @Test
    void theLastSecondFactorTakesTheBackupCodesAlong() {
        Factored one = new Factored(usher).withTotp();
        assertThat(one.browser.delete("/v1/me/totp")).isOk().has("/response/deleted", "true");
        assertThat(one.browser.get("/v1/me"))
                .has("/response/two_factor_enabled", "false")
                .has("/response/backup_code_enabled", "false");
        assertThat(one.browser.delete("/v1/me/totp")).isRefused(404, "resource_not_found");
        assertThat(Factored.signIn(other, one.person)).isOk().has("/response/status", "complete");
    }

    @Test
    void aSecondFactorOfAnotherPersonIsNone() {
        Factored one = new Factored(usher).withTotp();
        Factored stranger = new Factored(usher).withTotp();
        String signIn = waiting(one);
        assertThat(attempt(signIn, "totp", stranger.totp())).isRefused(422, "form_code_incorrect");
        assertThat(attempt(signIn, "backup_code", stranger.backupCodes.getFirst()))
                .isRefused(422, "form_code_incorrect");
        assertThat(attempt(signIn, "phone_code", "424242")).isRefused(400, "strategy_for_user_invalid");
        Fapi another = usher.browser();
        another.post("/v1/client");
        assertThat(another.post(
                        "/v1/client/sign_ins/" + signIn + "/attempt_second_factor",
                        "strategy",
                        "totp",
                        "code",
                        one.totp()))
                .isRefused(404, "resource_not_found");
    }

    @Test
    void anEnrolmentNeedsACodeOfItsOwn() {
        Factored one = new Factored(usher);
        assertThat(one.browser.post("/v1/me/totp/attempt_verification", "code", "123456"))
                .isRefused(400, "verification_not_sent");
        Fapi.require(one.browser.post("/v1/me/totp"));
        assertThat(one.browser.post("/v1/me/totp/attempt_verification", "code", "000000"))
                .isRefused(422, "form_code_incorrect", "code");
    }

    @Test
    void changesOfSecondFactorsAskForARecentProof() {
        Factored one = new Factored(usher).withTotp();
        usher.advance(Duration.ofMinutes(10));
        assertThat(one.browser.post("/v1/me/backup_codes")).isRefused(403, "session_reverification_required");
        assertThat(one.browser.delete("/v1/me/totp")).isRefused(403, "session_reverification_required");
        assertThat(one.browser.post("/v1/me/totp")).isRefused(403, "session_reverification_required");
    }
}
