package dev.usher.checks.factor;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Crowd;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Guessing: one budget for all factors and routes, and what that does to an account. */
class GuessingTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private final Fapi other = usher.browser();

    private Answer wrong(Factored one) {
        return other.post("/v1/client/sign_ins", "identifier", one.person.email(), "password", "wrong password");
    }

    @Test
    void tenFailuresOnAllRoutesTogetherLockTheAccountForAnHour() {
        Factored one = new Factored(usher).withTotp();
        for (int i = 0; i < 3; i++) assertThat(wrong(one)).isRefused(422, "form_password_incorrect");
        Fapi.require(one.start("first_factor"));
        for (int i = 0; i < 2; i++)
            assertThat(one.verify("/attempt_first_factor", "strategy", "password", "password", "wrong"))
                    .isRefused(422, "form_password_incorrect");
        assertThat(one.browser.post(
                        "/v1/me/change_password", "current_password", "wrong", "new_password", "long enough"))
                .isRefused(422, "form_password_incorrect");
        Fapi.require(one.start("second_factor"));
        assertThat(one.verify("/attempt_second_factor", "strategy", "backup_code", "code", "aaaaaaaa"))
                .isRefused(422, "form_code_incorrect");
        for (int left = 2; left >= 0; left--) {
            Answer refused = one.verify("/attempt_second_factor", "strategy", "totp", "code", "0000000");
            assertThat(refused).isRefused(422, "form_code_incorrect").has("/errors/1/code", "account_lockout_warning");
            assertThat(one.browser.get("/v1/me")).has("/response/verification_attempts_remaining", "" + left);
        }
        assertThat(wrong(one)).isRefused(403, "user_locked");
        assertThat(Factored.signIn(other, one.person)).isRefused(403, "user_locked");
        assertThat(one.verify("/attempt_second_factor", "strategy", "totp", "code", one.totp()))
                .isRefused(403, "user_locked");
        assertThat(one.browser.get("/v1/me")).isOk().has("/response/locked", "true");
        assertThat(one.browser.mint(one.session)).isOk();
        usher.advance(Duration.ofMinutes(60));
        assertThat(one.browser.get("/v1/me")).has("/response/locked", "false");
        assertThat(Factored.signIn(other, one.person)).isOk().has("/response/status", "needs_second_factor");
    }

    @Test
    void theFirstFactorAloneForgivesNothing() {
        Factored one = new Factored(usher).withTotp();
        for (int i = 0; i < 9; i++) {
            String id = Fapi.require(Factored.signIn(other, one.person)).string("/response/id");
            assertThat(other.post(
                            "/v1/client/sign_ins/" + id + "/attempt_second_factor",
                            "strategy",
                            "totp",
                            "code",
                            "0000000"))
                    .isRefused(422, "form_code_incorrect");
        }
        String id = Fapi.require(Factored.signIn(other, one.person)).string("/response/id");
        assertThat(other.post(
                        "/v1/client/sign_ins/" + id + "/attempt_second_factor", "strategy", "totp", "code", "0000000"))
                .isRefused(422, "form_code_incorrect");
        assertThat(Factored.signIn(other, one.person)).isRefused(403, "user_locked");
    }

    @Test
    void aCompleteSignInForgives() {
        Factored one = new Factored(usher);
        for (int i = 0; i < 9; i++) assertThat(wrong(one).status()).isEqualTo(422);
        assertThat(Factored.signIn(other, one.person)).isOk();
        assertThat(one.browser.get("/v1/me")).has("/response/verification_attempts_remaining", "10");
    }

    @Test
    void manyRightOnesAtOnceLockNobody() {
        Factored one = new Factored(usher);
        List<Answer> answers = Crowd.of(40, i -> {
            Fapi browser = usher.browser();
            return () -> Factored.signIn(browser, one.person);
        });
        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(one.browser.get("/v1/me")).has("/response/verification_attempts_remaining", "10");
    }

    @Test
    void ofAThousandWrongCodesFiveAreCompared() {
        Factored one = new Factored(usher);
        String id = Fapi.require(
                        other.post("/v1/client/sign_ins", "identifier", one.person.email(), "strategy", "email_code"))
                .string("/response/id");
        List<Answer> answers = Crowd.of(1000, i -> {
            Fapi browser = other.copy();
            return () -> browser.post(
                    "/v1/client/sign_ins/" + id + "/attempt_first_factor", "strategy", "email_code", "code", "000000");
        });
        assertThat(answers)
                .filteredOn(answer -> answer.code().equals("form_code_incorrect"))
                .hasSize(5);
        assertThat(answers)
                .filteredOn(answer -> answer.code().equals("verification_failed"))
                .hasSize(995);
    }

    @Test
    void ofAThousandWrongPasswordsTenAreLookedAt() {
        Factored one = new Factored(usher);
        List<Answer> answers = Crowd.of(1000, i -> {
            Fapi browser = usher.browser();
            return () ->
                    browser.post("/v1/client/sign_ins", "identifier", one.person.email(), "password", "wrong password");
        });
        assertThat(answers)
                .filteredOn(answer -> answer.code().equals("form_password_incorrect"))
                .hasSize(10);
        assertThat(answers)
                .filteredOn(answer -> answer.code().equals("user_locked"))
                .hasSize(990);
    }

    @Test
    void ofAThousandWrongCodesForTwoCodesOnTwoRoutesFiveOfEachAreCompared() {
        Factored one = new Factored(usher);
        Fapi.require(one.start("first_factor"));
        Fapi.require(one.verify("/prepare_first_factor", "strategy", "email_code"));
        String id = Fapi.require(
                        other.post("/v1/client/sign_ins", "identifier", one.person.email(), "strategy", "email_code"))
                .string("/response/id");
        List<Answer> answers = Crowd.of(1000, i -> {
            Fapi browser = (i % 2 == 0 ? one.browser : other).copy();
            String path = i % 2 == 0
                    ? "/v1/client/sessions/" + one.session + "/verify/attempt_first_factor"
                    : "/v1/client/sign_ins/" + id + "/attempt_first_factor";
            return () -> browser.post(path, "strategy", "email_code", "code", "000000");
        });
        assertThat(answers)
                .filteredOn(answer -> answer.code().equals("form_code_incorrect"))
                .hasSize(10);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 422)
                .allMatch(answer -> Set.of("verification_failed", "user_locked").contains(answer.code()));
    }
}
