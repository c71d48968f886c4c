package dev.usher.checks.factor;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proving once more who one is: every state, every call, every way around it. */
class ReverificationTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              phone-numbers:
                use: sign-in
            """);

    private static final String MISSING = "400 session_reverification_missing";
    private static final String STAGE = "400 invalid_action_for_session_reverification";

    /** One person with a second factor, and one without. */
    private final Factored two = new Factored(usher).withTotp();

    /** Brings a reverification into a state. */
    private void bring(String state) {
        switch (state) {
            case "none" -> {}
            case "first of first", "first of multi" ->
                Fapi.require(two.start(state.endsWith("first") ? "first_factor" : "multi_factor"));
            case "second of second" -> Fapi.require(two.start("second_factor"));
            case "second of multi" -> {
                bring("first of multi");
                Fapi.require(password());
            }
            case "complete" -> {
                bring("first of first");
                Fapi.require(password());
            }
            case "expired" -> {
                bring("first of first");
                usher.advance(Duration.ofMinutes(10));
            }
            default -> throw new IllegalArgumentException(state);
        }
    }

    private Answer password() {
        return two.verify("/attempt_first_factor", "strategy", "password", "password", two.person.password());
    }

    private Answer call(String name) {
        return switch (name) {
            case "start" -> two.start("first_factor");
            case "prepare first" -> two.verify("/prepare_first_factor", "strategy", "email_code");
            case "attempt first" -> password();
            case "prepare second" -> two.verify("/prepare_second_factor", "strategy", "phone_code");
            case "attempt second" -> two.verify("/attempt_second_factor", "strategy", "totp", "code", two.totp());
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String outcome(Answer answer) {
        return answer.status() == 200
                ? "200 " + answer.string("/response/status")
                : answer.status() + " " + answer.code();
    }

    /** The person has no phone number for the second factor, so preparing it is refused where its turn has come. */
    private static final String LACKS = "400 strategy_for_user_invalid";

    private static final Map<String, Map<String, String>> TABLE = Map.of(
            "none",
            row("200 needs_first_factor", MISSING, MISSING, MISSING, MISSING),
            "first of first",
            row("200 needs_first_factor", "200 needs_first_factor", "200 complete", STAGE, STAGE),
            "first of multi",
            row("200 needs_first_factor", "200 needs_first_factor", "200 needs_second_factor", STAGE, STAGE),
            "second of second",
            row("200 needs_first_factor", STAGE, STAGE, LACKS, "200 complete"),
            "second of multi",
            row("200 needs_first_factor", STAGE, STAGE, LACKS, "200 complete"),
            "complete",
            row("200 needs_first_factor", STAGE, STAGE, STAGE, STAGE),
            "expired",
            row("200 needs_first_factor", MISSING, MISSING, MISSING, MISSING));

    /** Where nothing has been started, starting comes last. */
    private static final List<String> CALLS =
            List.of("prepare first", "attempt first", "prepare second", "attempt second", "start");

    private static Map<String, String> row(String... outcomes) {
        return Map.of(
                "start", outcomes[0],
                "prepare first", outcomes[1],
                "attempt first", outcomes[2],
                "prepare second", outcomes[3],
                "attempt second", outcomes[4]);
    }

    @ParameterizedTest
    @CsvSource({"none", "first of first", "first of multi", "second of second", "second of multi", "complete", "expired"
    })
    void everyCallInEveryStateHasItsAnswer(String state) {
        for (String call : CALLS) {
            usher.advance(Duration.ofSeconds(30));
            bring(state);
            assertThat(outcome(call(call)))
                    .as("%s in state %s", call, state)
                    .isEqualTo(TABLE.get(state).get(call));
        }
    }

    @ParameterizedTest
    @CsvSource({"first_factor,first_factor", "second_factor,first_factor", "multi_factor,first_factor"})
    void withoutASecondFactorEveryLevelIsTheFirst(String asked, String given) {
        Factored one = new Factored(usher);
        assertThat(one.start(asked))
                .isOk()
                .has("/response/level", given)
                .has("/response/status", "needs_first_factor")
                .has("/response/supported_second_factors", "null")
                .has("/response/session/id", one.session);
    }

    @ParameterizedTest
    @CsvSource({"'',form_param_nil", "highest,form_param_value_invalid"})
    void otherLevelsAreRefused(String level, String code) {
        assertThat(two.start(level)).isRefused(422, code, "level");
    }

    @ParameterizedTest
    @CsvSource({"first_factor,'[0,9]'", "second_factor,'[9,0]'", "multi_factor,'[0,0]'"})
    void aCompletedLevelResetsTheAgesThatItCovers(String level, String ages) {
        usher.advance(Duration.ofMinutes(9));
        Answer done = Fapi.require(two.start(level));
        if (!level.equals("second_factor")) done = Fapi.require(password());
        if (!level.equals("first_factor")) done = Fapi.require(call("attempt second"));
        assertThat(done)
                .has("/response/status", "complete")
                .has("/response/session/factor_verification_age", ages)
                .has("/response/supported_first_factors", "null")
                .has("/client/sessions/0/factor_verification_age", ages);
        String jwt = done.string("/response/session/last_active_token/jwt");
        assertThat(Jwt.parse(jwt).claims().path("fva").toString()).isEqualTo(ages);
        assertThat(Factored.ages(two.browser, two.session)).isEqualTo(ages);
    }

    @Test
    void aHalfDoneOneChangesNothing() {
        usher.advance(Duration.ofMinutes(9));
        bring("second of multi");
        assertThat(Factored.ages(two.browser, two.session)).isEqualTo("[9,9]");
    }

    @Test
    void everyFirstFactorPasses() {
        Factored one = new Factored(usher).withPhone(false).withPasskey();
        usher.advance(Duration.ofMinutes(11));
        assertThat(one.browser.delete("/v1/me/phone_numbers/" + one.phoneId))
                .isRefused(403, "session_reverification_required");
        for (String strategy : new String[] {"password", "email_code", "phone_code", "passkey"}) {
            assertThat(one.start("first_factor")
                            .at("/response/supported_first_factors")
                            .toString())
                    .contains("\"" + strategy + "\"");
            assertThat(proved(one, strategy)).isOk().has("/response/status", "complete");
            assertThat(Factored.ages(one.browser, one.session)).isEqualTo("[0,-1]");
            usher.advance(Duration.ofMinutes(5));
        }
        assertThat(one.browser.delete("/v1/me/phone_numbers/" + one.phoneId)).isOk();
    }

    private static Answer proved(Factored one, String strategy) {
        if (strategy.equals("password"))
            return one.verify("/attempt_first_factor", "strategy", strategy, "password", one.person.password());
        Answer prepared = Fapi.require(one.verify("/prepare_first_factor", "strategy", strategy));
        if (!strategy.equals("passkey"))
            return one.verify("/attempt_first_factor", "strategy", strategy, "code", "424242");
        String options = prepared.string("/response/first_factor_verification/nonce");
        return one.verify(
                "/attempt_first_factor",
                "strategy",
                strategy,
                "public_key_credential",
                one.authenticator.get(Wire.json(options)));
    }

    @Test
    void everySecondFactorPasses() {
        Factored one = new Factored(usher).withTotp().withPhone(true);
        Fapi.require(one.start("second_factor"));
        assertThat(one.verify("/attempt_second_factor", "strategy", "totp", "code", one.totp()))
                .isOk()
                .has("/response/second_factor_verification/strategy", "totp");
        Fapi.require(one.start("second_factor"));
        assertThat(one.verify("/attempt_second_factor", "strategy", "backup_code", "code", one.backupCodes.get(3)))
                .isOk()
                .has("/response/second_factor_verification/strategy", "backup_code");
        Fapi.require(one.start("second_factor"));
        assertThat(one.verify("/prepare_second_factor", "strategy", "phone_code"))
                .isOk();
        assertThat(one.verify("/attempt_second_factor", "strategy", "phone_code", "code", "424242"))
                .isOk()
                .has("/response/second_factor_verification/strategy", "phone_code");
    }

    @Test
    void theSameFactorTwiceIsNotTwoFactors() {
        Factored one = new Factored(usher).withTotp().withPhone(false);
        Fapi.require(one.start("multi_factor"));
        assertThat(proved(one, "phone_code")).isOk().has("/response/status", "needs_second_factor");
        assertThat(one.verify("/attempt_second_factor", "strategy", "phone_code", "code", "424242"))
                .isRefused(400, "strategy_for_user_invalid");
        assertThat(one.verify("/attempt_first_factor", "strategy", "phone_code", "code", "424242"))
                .isRefused(400, "invalid_action_for_session_reverification");
        Fapi.require(one.browser.delete("/v1/client/sessions"));
    }

    @Test
    void aNumberThatProvedTheFirstFactorIsNoSecondOneEvenWhenItBecomesOne() {
        Factored one = new Factored(usher).withTotp().withPhone(false);
        Fapi.require(one.start("multi_factor"));
        Fapi.require(proved(one, "phone_code"));
        Fapi.require(one.browser.patch("/v1/me/phone_numbers/" + one.phoneId, "reserved_for_second_factor", "true"));
        assertThat(one.verify("/prepare_second_factor", "strategy", "phone_code"))
                .isRefused(400, "strategy_for_user_invalid");
    }

    @Test
    void theClientGetsANewSecretAndTheOldOneDies() {
        String before = two.browser.credential();
        bring("complete");
        assertThat(two.browser.credential()).isNotEqualTo(before);
        usher.advance(Duration.ofSeconds(11));
        assertThat(two.browser.credential(before).mint(two.session)).isRefused(401, "signed_out");
        assertThat(two.browser.mint(two.session)).isOk();
    }

    @Test
    void aNewStartDropsWhatWasProved() {
        bring("second of multi");
        Fapi.require(two.start("multi_factor"));
        assertThat(call("attempt second")).isRefused(400, "invalid_action_for_session_reverification");
    }

    @Test
    void aCodeOfASignInOrOfAnotherSessionCountsNowhereElse() {
        Person reader = Person.withInbox();
        Fapi browser = usher.browser();
        String session = browser.signUp(reader);
        Fapi elsewhere = usher.browser();
        Fapi.require(elsewhere.post("/v1/client/sign_ins", "identifier", reader.email(), "strategy", "email_code"));
        String code = usher.codeFor(reader);
        String path = "/v1/client/sessions/" + session + "/verify";
        Fapi.require(browser.post(path, "level", "first_factor"));
        assertThat(browser.post(path + "/attempt_first_factor", "strategy", "email_code", "code", code))
                .isRefused(400, "verification_not_sent");
        Fapi.require(browser.post(path + "/prepare_first_factor", "strategy", "email_code"));
        String own = usher.codeFor(reader);
        if (!own.equals(code))
            assertThat(browser.post(path + "/attempt_first_factor", "strategy", "email_code", "code", code))
                    .isRefused(422, "form_code_incorrect", "code");
        assertThat(browser.post(path + "/attempt_first_factor", "strategy", "email_code", "code", own))
                .isOk();
    }

    @Test
    void anotherClientsSessionIsNotFound() {
        bring("first of first");
        Factored stranger = new Factored(usher);
        String path = "/v1/client/sessions/" + two.session + "/verify";
        assertThat(stranger.browser.post(path, "level", "first_factor")).isRefused(404, "resource_not_found");
        assertThat(stranger.browser.post(
                        path + "/attempt_first_factor", "strategy", "password", "password", two.person.password()))
                .isRefused(404, "resource_not_found");
        Fapi second = usher.browser();
        Answer done = Fapi.require(Factored.signIn(second, stranger.person));
        String own = done.string("/response/created_session_id");
        assertThat(second.post(
                        "/v1/client/sessions/" + own + "/verify/attempt_first_factor",
                        "strategy",
                        "password",
                        "password",
                        stranger.person.password()))
                .isRefused(400, "session_reverification_missing");
    }

    @Test
    void wrongOnesAreRefusedByTheirField() {
        bring("first of first");
        assertThat(two.verify("/attempt_first_factor", "strategy", "password", "password", "wrong password"))
                .isRefused(422, "form_password_incorrect", "password");
        assertThat(two.verify("/attempt_first_factor", "strategy", "saml", "code", "1"))
                .isRefused(422, "form_param_value_invalid", "strategy");
        assertThat(two.verify("/prepare_first_factor", "strategy", "email_code", "email_address_id", "idn_unknown"))
                .isRefused(422, "form_resource_not_found", "email_address_id");
        assertThat(two.verify("/prepare_first_factor", "strategy", "phone_code"))
                .isRefused(400, "strategy_for_user_invalid");
    }
}
