package dev.usher.checks.factor;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Crowd;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Guessing: one budget for all factors and routes, and what that does to an account. */
class GuessingTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int CROWD = Boolean.getBoolean("usher.assault") ? 1000 : 120;

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
        for (int i = 0; i < 10; i++) {
            if (i == 5) usher.advance(PAUSE);
            assertThat(second(other, beforeSecond(one), "totp", "0000000")).isRefused(422, "form_code_incorrect");
        }
        assertThat(Factored.signIn(other, one.person)).isRefused(403, "user_locked");
    }

    /** A sign-in that waits for its second factor. */
    private String beforeSecond(Factored one) {
        return Fapi.require(Factored.signIn(other, one.person)).string("/response/id");
    }

    private static Answer second(Fapi browser, String signIn, String strategy, String code) {
        return browser.post(
                "/v1/client/sign_ins/" + signIn + "/attempt_second_factor", "strategy", strategy, "code", code);
    }

    @Test
    void afterFiveWrongCodesInARowNoneIsComparedOnAnyRouteUntilAShortPauseIsOver() {
        Factored one = new Factored(usher).withTotp();
        Fapi.require(one.start("second_factor"));
        for (int i = 0; i < 3; i++)
            assertThat(one.verify("/attempt_second_factor", "strategy", "totp", "code", "0000000"))
                    .isRefused(422, "form_code_incorrect");
        String signIn = beforeSecond(one);
        for (int i = 0; i < 2; i++)
            assertThat(second(other, signIn, "backup_code", "aaaaaaaa")).isRefused(422, "form_code_incorrect");
        assertThat(second(other, signIn, "totp", one.totp())).isRefused(400, "verification_failed");
        assertThat(one.verify("/attempt_second_factor", "strategy", "backup_code", "code", one.backupCodes.getFirst()))
                .isRefused(400, "verification_failed");
        usher.advance(PAUSE);
        assertThat(second(other, signIn, "totp", one.totp())).isOk().has("/response/status", "complete");
        assertThat(one.verify("/attempt_second_factor", "strategy", "backup_code", "code", one.backupCodes.getFirst()))
                .isOk();
    }

    @Test
    void aRightCodeAfterFourWrongOnesIsGoodOnEveryRoute() {
        Factored one = new Factored(usher).withTotp();
        String signIn = beforeSecond(one);
        for (int i = 0; i < 4; i++)
            assertThat(second(other, signIn, "totp", "0000000")).isRefused(422, "form_code_incorrect");
        assertThat(second(other, signIn, "totp", one.totp())).isOk().has("/response/status", "complete");
        for (Route route : routes(one)) {
            for (int i = 0; i < 4; i++) assertThat(route.attempt("000000")).isRefused(422, "form_code_incorrect");
            assertThat(route.attempt("424242")).isOk();
            usher.advance(PAUSE);
        }
    }

    /** Where a code that was sent to somebody can be brought. */
    private record Route(Fapi browser, String path, boolean namesStrategy) {
        Answer attempt(String code) {
            return namesStrategy
                    ? browser.post(path, "strategy", "email_code", "code", code)
                    : browser.post(path, "code", code);
        }

        Route copy() {
            return new Route(browser.copy(), path, namesStrategy);
        }
    }

    private static Route signInByCode(Factored one) {
        Fapi browser = usher.browser();
        String id = Fapi.require(
                        browser.post("/v1/client/sign_ins", "identifier", one.person.email(), "strategy", "email_code"))
                .string("/response/id");
        return new Route(browser, "/v1/client/sign_ins/" + id + "/attempt_first_factor", true);
    }

    /** A sign-in, a reverification and an address to be verified, each with a code of its own. */
    private List<Route> routes(Factored one) {
        Route signIn = signInByCode(one);
        Fapi.require(one.start("first_factor"));
        Fapi.require(one.verify("/prepare_first_factor", "strategy", "email_code"));
        String added = "/v1/me/email_addresses/"
                + Fapi.require(one.browser.post(
                                "/v1/me/email_addresses",
                                "email_address",
                                Person.fresh().email()))
                        .string("/response/id");
        Fapi.require(one.browser.post(added + "/prepare_verification", "strategy", "email_code"));
        return List.of(
                signIn,
                new Route(one.browser, added + "/attempt_verification", false),
                new Route(one.browser, "/v1/client/sessions/" + one.session + "/verify/attempt_first_factor", true));
    }

    @Test
    void ofManyWrongCodesOverAllRoutesTogetherFiveAreCompared() {
        Factored one = new Factored(usher);
        List<Route> routes = routes(one);
        List<Answer> answers = Crowd.of(CROWD, i -> {
            Route route = routes.get(i % routes.size()).copy();
            return () -> route.attempt("000000");
        });
        assertThat(answers)
                .filteredOn(answer -> answer.code().equals("form_code_incorrect"))
                .hasSize(5);
        assertThat(answers)
                .filteredOn(answer -> answer.code().equals("verification_failed"))
                .hasSize(CROWD - 5);
        for (Route route : routes) assertThat(route.attempt("424242")).isRefused(400, "verification_failed");
        usher.advance(PAUSE);
        assertThat(routes(one)).allMatch(route -> route.attempt("424242").status() == 200);
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
    void ofAThousandWrongCodesForTwoSignInsFiveAreCompared() {
        Factored one = new Factored(usher);
        List<Route> routes = List.of(signInByCode(one), signInByCode(one));
        List<Answer> answers = Crowd.of(1000, i -> {
            Route route = routes.get(i % 2).copy();
            return () -> route.attempt("000000");
        });
        assertThat(answers)
                .filteredOn(answer -> answer.code().equals("form_code_incorrect"))
                .hasSize(5);
        assertThat(answers)
                .filteredOn(answer -> answer.code().equals("verification_failed"))
                .hasSize(995);
    }
}
