package dev.usher.checks.session;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.Otp;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.UsherProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everybody needs a second factor: whoever signs in without one adds one first. */
class SetupMfaTaskTest {
    private static final String REQUIRED = """
            instance:
              phone-numbers: {use: profile}
              reverification: false
              factors:
                second-factor-required: true
            """;

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory(REQUIRED);

    private final Opener user = Opener.with(usher);
    private final Fapi browser = usher.browser();

    private static void waits(Fapi browser, String session) {
        Answer shown = browser.get("/v1/client/sessions/" + session);
        assertThat(shown).has("/response/status", "pending").has("/response/tasks/0/key", "setup-mfa");
        assertThat(shown.at("/response/tasks").size()).isEqualTo(1);
        Jwt token = Jwt.parse(Fapi.require(browser.mint(session)).string("/jwt"));
        assertThat(token.claims().path("sts").asString()).isEqualTo("pending");
    }

    private static void isActive(Fapi browser, String session) {
        assertThat(browser.get("/v1/client/sessions/" + session))
                .has("/response/status", "active")
                .has("/response/tasks", "null");
    }

    private Answer addsApp() {
        Otp otp = new Otp(Fapi.require(browser.post("/v1/me/totp")).string("/response/secret"));
        return Fapi.require(browser.post("/v1/me/totp/attempt_verification", "code", otp.at(usher.now())));
    }

    private String addsPhone() {
        String id = Fapi.require(browser.post("/v1/me/phone_numbers", "phone_number", "+13015550188"))
                .string("/response/id");
        String path = "/v1/me/phone_numbers/" + id;
        Fapi.require(browser.post(path + "/prepare_verification", "strategy", "phone_code"));
        Fapi.require(browser.post(path + "/attempt_verification", "code", "424242"));
        return path;
    }

    @Test
    void isAnnounced() {
        assertThat(usher.get("/v1/environment"))
                .has("/user_settings/sign_in/second_factor/required", "true")
                .has("/user_settings/sign_up/mfa/required", "true");
    }

    @ParameterizedTest
    @EnumSource(Opener.Way.class)
    void aSessionWaitsThatBeginsBy(Opener.Way way) {
        String session = user.opens(way, browser);
        assertThat(user.server().get("/v1/sessions/" + session))
                .has("/status", "pending")
                .has("/tasks/0/key", "setup-mfa");
        if (way != Opener.Way.SERVER) waits(browser, session);
    }

    @Test
    void anAuthenticatorAppEndsTheWaiting() {
        String session = browser.signUp(Person.fresh());
        waits(browser, session);
        assertThat(addsApp()).has("/client/sessions/0/status", "active");
        isActive(browser, session);
    }

    @Test
    void aNumberForCodesEndsItAndAnyOtherNumberDoesNot() {
        String session = browser.signUp(Person.fresh());
        String phone = addsPhone();
        waits(browser, session);
        assertThat(browser.patch(phone, "reserved_for_second_factor", "true"))
                .isOk()
                .has("/client/sessions/0/status", "active");
        isActive(browser, session);
        assertThat(browser.patch(phone, "reserved_for_second_factor", "false"))
                .isRefused(400, "second_factor_deletion_not_allowed");
        assertThat(browser.delete(phone)).isRefused(400, "second_factor_deletion_not_allowed");
        addsApp();
        assertThat(browser.delete(phone)).isOk();
        assertThat(browser.delete("/v1/me/totp")).isRefused(400, "second_factor_deletion_not_allowed");
        isActive(browser, session);
    }

    @Test
    void whoHasOneIsNotAsked() {
        String secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
        Fapi.require(user.server().patch("/v1/users/" + user.userId(), "{\"totp_secret\":\"" + secret + "\"}"));
        isActive(browser, user.opens(Opener.Way.TICKET, browser));
    }

    @Test
    void aCompromisedPasswordIsAskedForAfterIt() {
        Fapi.require(user.server().post("/v1/users/" + user.userId() + "/password/set_compromised", "{}"));
        String session = user.opens(Opener.Way.CODE, browser);
        assertThat(browser.get("/v1/client/sessions/" + session))
                .has("/response/tasks/0/key", "setup-mfa")
                .has("/response/tasks/1/key", "reset-password");
        addsApp();
        assertThat(browser.get("/v1/client/sessions/" + session))
                .has("/response/status", "pending")
                .has("/response/tasks/0/key", "reset-password");
        Fapi.require(browser.post("/v1/me/change_password", "new_password", "a quite new secret"));
        isActive(browser, session);
    }

    @Test
    void nothingIsAskedOfSomebodyWhoActsAsTheUser() {
        isActive(browser, user.impersonates(browser));
    }

    @Test
    void whoWasSignedInBeforeItWasRequiredIsAskedAtTheNextSignIn(@TempDir Path data) {
        Person person = Person.fresh();
        Fapi early;
        String session;
        try (UsherProcess process = UsherProcess.plan().data(data).start()) {
            early = RunningUsher.around(process).browser();
            session = early.signUp(person);
        }
        try (UsherProcess process =
                UsherProcess.plan().data(data).config(REQUIRED).start()) {
            RunningUsher later = RunningUsher.around(process);
            Fapi back = early.at(later);
            isActive(back, session);
            Fapi.require(back.session(session, "end"));
            waits(back, back.signIn(person));
        }
        try (UsherProcess process = UsherProcess.plan().data(data).start()) {
            Fapi back = RunningUsher.around(process).browser();
            isActive(back, back.signIn(person));
        }
    }
}
