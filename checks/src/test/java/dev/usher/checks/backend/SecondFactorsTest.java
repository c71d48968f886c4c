package dev.usher.checks.backend;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Otp;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Second factors that servers bring along, ask about and take away. */
class SecondFactorsTest {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    /** The bcrypt digest of {@code moved-code-1}. */
    private static final String DIGEST = "$2b$06$KNC1MTLmxAPRUdNd.blaaeVEJhEC5bkI8zSSa0v.X/QAyUWJTXM0a";

    @RegisterExtension
    static final RunningUsher usher =
            RunningUsher.inMemory("instance:\n  factors:\n    authenticator-app: true\n    backup-codes: true\n");

    private final Bapi server = usher.server();
    private final Person person = Person.fresh();

    private String made(String more) {
        return Fapi.require(server.post(
                        "/v1/users",
                        "{\"email_address\":[\"%s\"],\"password\":\"%s\"%s}"
                                .formatted(person.email(), person.password(), more)))
                .string("/id");
    }

    private Answer verify(String id, String code) {
        return server.post("/v1/users/" + id + "/verify_totp", "{\"code\":\"" + code + "\"}");
    }

    private static String shown() {
        return new Otp(SECRET).at(usher.now());
    }

    @Test
    void aBroughtAuthenticatorAppIsAskedForAtSignIn() {
        String id = made(",\"totp_secret\":\"" + SECRET + "\"");
        assertThat(server.get("/v1/users/" + id)).has("/totp_enabled", "true").has("/two_factor_enabled", "true");
        Fapi browser = usher.browser();
        Answer first = browser.post("/v1/client/sign_ins", "identifier", person.email(), "password", person.password());
        assertThat(first).has("/response/status", "needs_second_factor");
        String path = "/v1/client/sign_ins/" + first.string("/response/id") + "/attempt_second_factor";
        assertThat(browser.post(path, "strategy", "totp", "code", shown())).has("/response/status", "complete");
    }

    @Test
    void aCodeIsVerifiedOnce() {
        String id = made(",\"totp_secret\":\"" + SECRET + "\"");
        String code = shown();
        assertThat(verify(id, code)).isOk().has("/verified", "true").has("/code_type", "totp");
        assertThat(verify(id, code)).isRefused(422, "totp_incorrect_code");
        assertThat(verify(id, "000000x")).isRefused(422, "totp_incorrect_code");
    }

    @Test
    void codesThatServersTryShareThePersonsFiveTries() {
        String id = made(",\"totp_secret\":\"" + SECRET + "\",\"backup_codes\":[\"first code\"]");
        for (int i = 0; i < 4; i++) assertThat(verify(id, "000000x")).isRefused(422, "totp_incorrect_code");
        assertThat(verify(id, "first code")).isOk();
        assertThat(verify(id, "000000x")).isRefused(422, "totp_incorrect_code");
        assertThat(verify(id, shown())).isRefused(400, "verification_failed");
        Fapi browser = usher.browser();
        String path = "/v1/client/sign_ins/"
                + Fapi.require(browser.post(
                                "/v1/client/sign_ins", "identifier", person.email(), "password", person.password()))
                        .string("/response/id")
                + "/attempt_second_factor";
        assertThat(browser.post(path, "strategy", "totp", "code", shown())).isRefused(400, "verification_failed");
        usher.advance(Duration.ofSeconds(30));
        assertThat(browser.post(path, "strategy", "totp", "code", shown())).has("/response/status", "complete");
    }

    @Test
    void broughtBackupCodesAreGoodOnceEach() {
        String id = made(",\"totp_secret\":\"" + SECRET + "\",\"backup_codes\":[\"first code\",\"" + DIGEST + "\"]");
        assertThat(server.get("/v1/users/" + id)).has("/backup_code_enabled", "true");
        for (String code : new String[] {"first code", "moved-code-1"}) {
            assertThat(verify(id, code)).isOk().has("/code_type", "backup_code");
            assertThat(verify(id, code)).isRefused(422, "totp_incorrect_code");
        }
    }

    @Test
    void whoeverHasNoneIsToldSo() {
        assertThat(verify(made(""), "123456")).isRefused(400, "totp_disabled");
        assertThat(verify("user_nobody", "123456")).isRefused(404, "resource_not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"totp_secret\":\"not base32!\"", "\"backup_codes\":[\"\"]", "\"backup_codes\":[\"$2x$broken\"]"
            })
    void whatIsNoFactorIsRefusedAndNobodyIsMade(String field) {
        Answer refused = server.post(
                "/v1/users",
                "{\"email_address\":[\"%s\"],\"password\":\"%s\",%s}"
                        .formatted(person.email(), person.password(), field));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(server.get("/v1/users/count?email_address=" + person.email().replace("+", "%2B")))
                .has("/total_count", "0");
    }

    @Test
    void anUpdateReplacesTheSecret() {
        String id = made("");
        assertThat(server.patch("/v1/users/" + id, "{\"totp_secret\":\"" + SECRET + "\"}"))
                .has("/totp_enabled", "true");
        String other = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        assertThat(server.patch("/v1/users/" + id, "{\"totp_secret\":\"" + other + "\"}"))
                .isOk();
        assertThat(verify(id, shown())).isRefused(422, "totp_incorrect_code");
        assertThat(verify(id, new Otp(other).at(usher.now()))).isOk();
    }

    @Test
    void theLastSecondFactorTakesTheBackupCodesAlong() {
        String id = made(",\"totp_secret\":\"" + SECRET + "\",\"backup_codes\":[\"one\"]");
        assertThat(server.delete("/v1/users/" + id + "/totp")).isOk().has("/user_id", id);
        assertThat(server.get("/v1/users/" + id))
                .has("/totp_enabled", "false")
                .has("/backup_code_enabled", "false")
                .has("/two_factor_enabled", "false");
        assertThat(server.delete("/v1/users/" + id + "/totp")).isRefused(404, "resource_not_found");
        assertThat(server.delete("/v1/users/" + id + "/backup_code")).isRefused(404, "resource_not_found");
    }

    @Test
    void allSecondFactorsGoAtOnceAndTheNumberStays() {
        String id = made(",\"totp_secret\":\"" + SECRET + "\",\"backup_codes\":[\"one\"]");
        Fapi.require(
                server.post(
                        "/v1/phone_numbers",
                        "{\"user_id\":\"" + id
                                + "\",\"phone_number\":\"+12015550177\",\"verified\":true,\"reserved_for_second_factor\":true}"));
        assertThat(server.delete("/v1/users/" + id + "/mfa")).isOk().has("/user_id", id);
        assertThat(server.get("/v1/users/" + id))
                .has("/two_factor_enabled", "false")
                .has("/phone_numbers/0/phone_number", "+12015550177")
                .has("/phone_numbers/0/reserved_for_second_factor", "false");
        assertThat(server.delete("/v1/users/" + id + "/passkeys/idn_none")).isRefused(404, "resource_not_found");
    }
}
