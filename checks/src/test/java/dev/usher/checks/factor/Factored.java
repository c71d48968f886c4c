package dev.usher.checks.factor;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Authenticator;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.Otp;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A signed-in person with the factors that a test gives them. */
final class Factored {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final RunningUsher usher;
    Fapi browser;
    final Person person = Person.fresh();
    final String session;
    final List<String> backupCodes = new ArrayList<>();
    final Authenticator authenticator = new Authenticator();
    Otp otp = new Otp("");
    String phoneId = "";

    Factored(RunningUsher usher) {
        this.usher = usher;
        this.browser = usher.browser();
        this.session = browser.signUp(person);
    }

    /** A test number that nobody has yet. */
    static String number() {
        int count = NUMBERS.incrementAndGet();
        return "+1%03d55501%02d".formatted(301 + count / 100, count % 100);
    }

    /** Adds an authenticator app, which brings backup codes. */
    Factored withTotp() {
        otp = new Otp(Fapi.require(browser.post("/v1/me/totp/")).string("/response/secret"));
        Answer done = Fapi.require(browser.post("/v1/me/totp/attempt_verification/", "code", totp()));
        done.at("/response/backup_codes").forEach(code -> backupCodes.add(code.asString()));
        nextStep();
        return this;
    }

    /** The code that the app shows now. */
    String totp() {
        return otp.at(usher.now());
    }

    /** Lets the app show the next code. */
    void nextStep() {
        usher.advance(Duration.ofSeconds(30));
    }

    Factored withPhone(boolean asSecondFactor) {
        phoneId = Fapi.require(browser.post("/v1/me/phone_numbers", "phone_number", number()))
                .string("/response/id");
        String path = "/v1/me/phone_numbers/" + phoneId;
        Fapi.require(browser.post(path + "/prepare_verification", "strategy", "phone_code"));
        Fapi.require(browser.post(path + "/attempt_verification", "code", "424242"));
        if (asSecondFactor)
            Fapi.require(browser.patch(path, "reserved_for_second_factor", "true"))
                    .at("/response/backup_codes")
                    .forEach(code -> backupCodes.add(code.asString()));
        return this;
    }

    Factored withPasskey() {
        Answer begun = Fapi.require(browser.post("/v1/me/passkeys"));
        String answer = authenticator.create(Wire.json(begun.string("/response/verification/nonce")));
        Fapi.require(attemptPasskey(begun.string("/response/id"), answer));
        return this;
    }

    Answer attemptPasskey(String id, String answer) {
        return browser.post(
                "/v1/me/passkeys/" + id + "/attempt_verification",
                "strategy",
                "passkey",
                "public_key_credential",
                answer);
    }

    // Reverification.

    Answer verify(String step, String... form) {
        return browser.post("/v1/client/sessions/" + session + "/verify" + step, form);
    }

    Answer start(String level) {
        return verify("", "level", level);
    }

    // Sign-in, by another browser.

    /** A sign-in that has passed its first factor by password. */
    static Answer signIn(Fapi browser, Person person) {
        return browser.post("/v1/client/sign_ins", "identifier", person.email(), "password", person.password());
    }

    /** The ages of the factors in the token of a session, such as {@code [0,-1]}. */
    static String ages(Fapi browser, String session) {
        String jwt = Fapi.require(browser.mint(session)).string("/jwt");
        return Jwt.parse(jwt).claims().path("fva").toString();
    }
}
