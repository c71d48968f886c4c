package dev.usher.checks.factor;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Authenticator;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.Wire;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Passkeys: registered, signed in with, renamed, removed, and refused where anything about them is not right. */
class PasskeyTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private final Factored one = new Factored(usher);
    private final Fapi other = usher.browser();

    private Answer begun() {
        return Fapi.require(one.browser.post("/v1/me/passkeys/"));
    }

    private static JsonNode options(Answer answer, String place) {
        return Wire.json(answer.string(place + "/nonce"));
    }

    @Test
    void isRegisteredRenamedAndRemoved() {
        Answer begun = begun();
        JsonNode options = options(begun, "/response/verification");
        assertThat(options.at("/rp/id").asString()).isEqualTo("localhost");
        assertThat(options.at("/authenticatorSelection/userVerification").asString())
                .isEqualTo("required");
        String id = begun.string("/response/id");
        assertThat(one.attemptPasskey(id, one.authenticator.create(options)))
                .isOk()
                .has("/response/verification/status", "verified")
                .has("/client/sessions/0/user/passkeys/0/id", id);
        String path = "/v1/me/passkeys/" + id;
        assertThat(one.browser.patch(path, "name", "Laptop")).isOk().has("/response/name", "Laptop");
        assertThat(one.browser.get(path)).isOk().has("/response/name", "Laptop");
        assertThat(options(begun(), "/response/verification")
                        .path("excludeCredentials")
                        .size())
                .isEqualTo(1);
        assertThat(one.browser.delete(path)).isOk().has("/response/deleted", "true");
        assertThat(one.browser.get(path)).isRefused(404, "resource_not_found");
    }

    @Test
    void signsInWithoutAnIdentifier() {
        one.withPasskey();
        Answer created = other.post("/v1/client/sign_ins", "strategy", "passkey");
        assertThat(created).isOk().has("/response/status", "needs_first_factor").has("/response/identifier", "null");
        Answer done = attempt(created, one.authenticator);
        assertThat(done)
                .isOk()
                .has("/response/status", "complete")
                .has("/response/first_factor_verification/strategy", "passkey")
                .has("/client/last_authentication_strategy", "passkey");
        assertThat(Factored.ages(other, done.string("/response/created_session_id")))
                .isEqualTo("[0,-1]");
    }

    private Answer attempt(Answer asked, Authenticator authenticator) {
        return attempt(
                asked.string("/response/id"), authenticator.get(options(asked, "/response/first_factor_verification")));
    }

    private Answer attempt(String signIn, String answer) {
        return other.post(
                "/v1/client/sign_ins/" + signIn + "/attempt_first_factor",
                "strategy",
                "passkey",
                "public_key_credential",
                answer);
    }

    private Answer asked() {
        Answer created = Fapi.require(other.post("/v1/client/sign_ins", "identifier", one.person.email()));
        return Fapi.require(other.post(
                "/v1/client/sign_ins/" + created.string("/response/id") + "/prepare_first_factor",
                "strategy",
                "passkey"));
    }

    @Test
    void asksForTheSecondFactorWhereThereIsOne() {
        one.withPasskey().withTotp();
        assertThat(attempt(asked(), one.authenticator)).isOk().has("/response/status", "needs_second_factor");
    }

    @Test
    void anAnswerCountsOnce() {
        one.withPasskey();
        Answer asked = asked();
        String answer = one.authenticator.get(options(asked, "/response/first_factor_verification"));
        assertThat(attempt(asked.string("/response/id"), answer)).isOk();
        Fapi.require(other.delete("/v1/client/sessions"));
        assertThat(attempt(asked().string("/response/id"), answer)).isRefused(400, "passkey_authentication_failure");
    }

    static Stream<Consumer<Authenticator>> wrongs() {
        return Stream.of(
                authenticator -> authenticator.on("https://evil.example"),
                authenticator -> authenticator.on("http://localhost:1"),
                Authenticator::unverified,
                authenticator -> authenticator.countingFrom(0));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void anAnswerFromElsewhereOrACopyIsRefused(Consumer<Authenticator> wrong) {
        one.withPasskey();
        Fapi.require(attempt(asked(), one.authenticator));
        Fapi.require(other.delete("/v1/client/sessions"));
        Answer asked = asked();
        wrong.accept(one.authenticator);
        assertThat(attempt(asked, one.authenticator)).isRefused(400, "passkey_authentication_failure");
        assertThat(other.sessions()).isEmpty();
    }

    @Test
    void anotherPersonsPasskeyIsRefused() {
        one.withPasskey();
        Factored stranger = new Factored(usher).withPasskey();
        assertThat(attempt(asked(), stranger.authenticator)).isRefused(404, "passkey_not_registered");
        assertThat(attempt(asked(), new Authenticator())).isRefused(404, "passkey_not_registered");
    }

    @Test
    void aRegistrationFromElsewhereOrTooLateIsRefused() {
        Answer begun = begun();
        JsonNode options = options(begun, "/response/verification");
        String id = begun.string("/response/id");
        assertThat(one.attemptPasskey(id, "{}")).isRefused(422, "passkey_invalid_public_key_credential");
        assertThat(one.attemptPasskey(
                        id, new Authenticator().on("https://evil.example").create(options)))
                .isRefused(400, "passkey_registration_failure");
        assertThat(one.attemptPasskey(id, one.authenticator.create(options))).isRefused(400, "verification_expired");
        Answer late = begun();
        usher.advance(Duration.ofMinutes(10));
        assertThat(one.attemptPasskey(
                        late.string("/response/id"), one.authenticator.create(options(late, "/response/verification"))))
                .isRefused(400, "verification_expired");
    }

    @Test
    void aPasskeyIsRegisteredForOneAccount() {
        one.withPasskey();
        Factored stranger = new Factored(usher);
        Answer begun = Fapi.require(stranger.browser.post("/v1/me/passkeys"));
        String answer = one.authenticator.create(options(begun, "/response/verification"));
        assertThat(stranger.attemptPasskey(begun.string("/response/id"), answer))
                .isRefused(400, "passkey_registration_failure");
    }

    @Test
    void changesAskForARecentProofAndStrangersFindNothing() {
        one.withPasskey();
        String id = one.browser.get("/v1/me").string("/response/passkeys/0/id");
        Factored stranger = new Factored(usher);
        assertThat(stranger.browser.delete("/v1/me/passkeys/" + id)).isRefused(404, "resource_not_found");
        assertThat(stranger.browser.patch("/v1/me/passkeys/" + id, "name", "Mine"))
                .isRefused(404, "resource_not_found");
        usher.advance(Duration.ofMinutes(10));
        assertThat(one.browser.post("/v1/me/passkeys")).isRefused(403, "session_reverification_required");
        assertThat(one.browser.delete("/v1/me/passkeys/" + id)).isRefused(403, "session_reverification_required");
    }
}
