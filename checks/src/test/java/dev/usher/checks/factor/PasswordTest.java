package dev.usher.checks.factor;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Passwords: changed, removed, set again, and reset when forgotten. */
class PasswordTest {
    private static final String NEW = "a quite new secret";

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    @RegisterExtension
    static final RunningUsher trusting = RunningUsher.inMemory("""
            instance:
              reverification: false
            """);

    private final Factored one = new Factored(usher);
    private final Fapi other = usher.browser();

    private Answer change(String... form) {
        return one.browser.post("/v1/me/change_password/", form);
    }

    private Answer signIn(String password) {
        return other.post("/v1/client/sign_ins", "identifier", one.person.email(), "password", password);
    }

    @Test
    void isChangedWithThePresentOne() {
        assertThat(change("current_password", "wrong password", "new_password", NEW))
                .isRefused(422, "form_password_incorrect");
        assertThat(change("current_password", one.person.password(), "new_password", "short"))
                .isRefused(422, "form_password_length_too_short", "new_password");
        assertThat(change("current_password", one.person.password(), "new_password", one.person.password()))
                .isRefused(422, "form_new_password_matches_current", "new_password");
        assertThat(change("current_password", one.person.password(), "new_password", NEW))
                .isOk();
        assertThat(signIn(one.person.password())).isRefused(422, "form_password_incorrect");
        assertThat(signIn(NEW)).isOk().has("/response/status", "complete");
    }

    /** The prebuilt form does not ask for the present one where it can ask for a proof. */
    @Test
    void isChangedAfterARecentProof() {
        assertThat(change("new_password", NEW)).isOk();
        assertThat(signIn(NEW)).isOk().has("/response/status", "complete");
    }

    @Test
    void isNotChangedWithoutThePresentOneWhereNoProofIsAskedFor() {
        assertThat(new Factored(trusting).browser.post("/v1/me/change_password", "new_password", NEW))
                .isRefused(422, "form_param_missing", "current_password");
    }

    @Test
    void otherSessionsEndWhenTheirPersonWantsThat() {
        String elsewhere = Fapi.require(signIn(one.person.password())).string("/response/created_session_id");
        Fapi.require(change("current_password", one.person.password(), "new_password", NEW));
        assertThat(other.mint(elsewhere)).isOk();
        Fapi.require(change("current_password", NEW, "new_password", NEW + "er", "sign_out_of_other_sessions", "true"));
        assertThat(other.mint(elsewhere).status()).isEqualTo(401);
        assertThat(one.browser.mint(one.session)).isOk();
    }

    @Test
    void isRemovedAndSetAgain() {
        assertThat(one.browser.post("/v1/me/remove_password", "current_password", "wrong password"))
                .isRefused(422, "form_password_incorrect");
        assertThat(one.browser.post("/v1/me/remove_password", "current_password", one.person.password()))
                .isOk()
                .has("/response/password_enabled", "false");
        assertThat(one.browser.post("/v1/me/remove_password", "current_password", "x"))
                .isRefused(400, "no_password_set");
        assertThat(signIn(one.person.password())).isRefused(400, "strategy_for_user_invalid");
        assertThat(change("new_password", NEW)).isOk().has("/response/password_enabled", "true");
        assertThat(signIn(NEW)).isOk();
    }

    @Test
    void changesAskForARecentProof() {
        usher.advance(Duration.ofMinutes(10));
        assertThat(change("current_password", one.person.password(), "new_password", NEW))
                .isRefused(403, "session_reverification_required");
        assertThat(one.browser.post("/v1/me/remove_password", "current_password", one.person.password()))
                .isRefused(403, "session_reverification_required");
    }

    private String resetting() {
        Answer begun = Fapi.require(other.post(
                "/v1/client/sign_ins", "identifier", one.person.email(), "strategy", "reset_password_email_code"));
        return begun.string("/response/id");
    }

    private Answer attempt(String id, String... form) {
        return other.post("/v1/client/sign_ins/" + id + "/attempt_first_factor", form);
    }

    private Answer reset(String id, String... form) {
        return other.post("/v1/client/sign_ins/" + id + "/reset_password", form);
    }

    @Test
    void aForgottenOneIsResetByACode() {
        String id = resetting();
        assertThat(reset(id, "password", NEW)).isRefused(400, "verification_missing");
        assertThat(attempt(id, "strategy", "reset_password_email_code", "code", "424242"))
                .isOk()
                .has("/response/status", "needs_new_password")
                .has("/client/sessions", "[]");
        assertThat(reset(id, "password", "short")).isRefused(422, "form_password_length_too_short", "password");
        assertThat(reset(id, "password", NEW, "sign_out_of_other_sessions", "true"))
                .isOk()
                .has("/response/status", "complete");
        assertThat(one.browser.mint(one.session).status()).isEqualTo(401);
        Fapi.require(other.delete("/v1/client/sessions"));
        assertThat(signIn(NEW)).isOk();
    }

    @Test
    void codeAndNewPasswordMayComeTogether() {
        assertThat(attempt(resetting(), "strategy", "reset_password_email_code", "code", "424242", "password", NEW))
                .isOk()
                .has("/response/status", "complete");
        Fapi.require(other.delete("/v1/client/sessions"));
        assertThat(signIn(NEW)).isOk();
    }

    @Test
    void aResetCountsAfterTheSecondFactorOnly() {
        one.withTotp();
        String id = resetting();
        Fapi.require(attempt(id, "strategy", "reset_password_email_code", "code", "424242"));
        assertThat(reset(id, "password", NEW)).isOk().has("/response/status", "needs_second_factor");
        Fapi third = usher.browser();
        assertThat(third.post("/v1/client/sign_ins", "identifier", one.person.email(), "password", NEW))
                .isRefused(422, "form_password_incorrect");
        assertThat(other.post(
                        "/v1/client/sign_ins/" + id + "/attempt_second_factor", "strategy", "totp", "code", one.totp()))
                .isOk()
                .has("/response/status", "complete");
        assertThat(third.post("/v1/client/sign_ins", "identifier", one.person.email(), "password", NEW))
                .isOk()
                .has("/response/status", "needs_second_factor");
    }
}
