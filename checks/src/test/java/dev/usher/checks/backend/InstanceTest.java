package dev.usher.checks.backend;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.RunningUsher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The instance and its settings, and with them what is common to every call of a server. */
class InstanceTest {
    private static final String YAML = """
            instance:
              allowed-origins: [https://declared.example]
            """;

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.onDisk(YAML);

    private Bapi server;

    @BeforeEach
    void aServer() {
        server = usher.server();
    }

    private static boolean testMode() {
        return usher.get("/v1/environment").at("/auth_config/test_mode").asBoolean();
    }

    @Test
    void showsItself() {
        assertThat(server.get("/v1/instance"))
                .isOk()
                .has("/object", "instance")
                .has("/environment_type", "development");
    }

    @Test
    void aChangedSettingHoldsAtOnceAndNullGivesItBackToTheConfiguration() {
        assertThat(server.patch("/v1/instance", "{\"test_mode\":false}").status())
                .isEqualTo(204);
        assertThat(testMode()).isFalse();
        assertThat(server.patch("/v1/instance", "{}").status()).isEqualTo(204);
        assertThat(testMode()).isFalse();
        assertThat(server.patch("/v1/instance", "{\"test_mode\":null}").status())
                .isEqualTo(204);
        assertThat(testMode()).isTrue();
    }

    @Test
    void aChangedSettingGoesOverTheConfigurationsAlsoAfterARestart() {
        server.patch("/v1/instance", "{\"allowed_origins\":[\"https://changed.example\"]}");
        assertThat(server.get("/v1/instance")).has("/allowed_origins", "[\"https://changed.example\"]");
        usher.process().stop();
        usher.process().restart();
        assertThat(usher.server().get("/v1/instance")).has("/allowed_origins", "[\"https://changed.example\"]");
        usher.server().patch("/v1/instance", "{\"allowed_origins\":null}");
        assertThat(usher.server().get("/v1/instance")).has("/allowed_origins", "[\"https://declared.example\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"test_mode\":\"yes\"}|422|form_param_type_invalid|test_mode",
                "{\"allowed_origins\":\"https://a.example\"}|422|form_param_type_invalid|allowed_origins",
                "{\"allowed_origins\":[7]}|422|form_param_type_invalid|allowed_origins",
                "{\"allowed_origins\":[\"example\"]}|422|form_param_format_invalid|allowed_origins",
                "{\"hibp\":true}|422|form_param_value_invalid|hibp",
                "{\"nothing\":1}|422|form_param_unknown|nothing",
            })
    void whatCannotBeSetIsRefused(String json, int status, String code, String param) {
        assertThat(server.patch("/v1/instance", json)).isRefused(status, code, param);
    }

    @Test
    void organizationSettingsHoldAtOnce() {
        String path = "/v1/instance/organization_settings";
        assertThat(server.get(path)).isOk().has("/enabled", "true").has("/creator_role", "org:admin");
        assertThat(server.patch(path, "{\"max_allowed_memberships\":9,\"slug_disabled\":true}"))
                .isOk()
                .has("/max_allowed_memberships", "9")
                .has("/slug_disabled", "true");
        assertThat(server.patch(path, "{\"max_allowed_memberships\":null,\"slug_disabled\":null}"))
                .isOk()
                .has("/max_allowed_memberships", "5")
                .has("/slug_disabled", "false");
        assertThat(server.patch(path, "{\"domains_enabled\":true}"))
                .isRefused(422, "form_param_value_invalid", "domains_enabled");
    }

    @Test
    void aRestrictionThatIsNotThereIsNotSaidToBe() {
        String path = "/v1/instance/restrictions";
        assertThat(server.patch(path, "{\"blocklist\":false}")).isOk().has("/blocklist", "false");
        assertThat(server.patch(path, "{\"allowlist\":true}")).isRefused(422, "form_param_value_invalid", "allowlist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null", "{\"test_mode\":true,\"test_mode\":false}", "{}x", "test_mode=true"})
    void aBodyThatIsNoJsonObjectIsRefused(String body) {
        assertThat(server.patch("/v1/instance", body)).isRefused(400, "request_body_invalid");
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() throws IOException {
        Call call = Call.of("PATCH", "/v1/instance")
                .with("Authorization", "Bearer " + usher.process().key("CLERK_SECRET_KEY"))
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with("test_mode=true".getBytes(StandardCharsets.UTF_8));
        assertThat(usher.send(call)).isRefused(415, "unsupported_content_type");
    }

    @Test
    void aBodyOfMoreThanHalfAMebibyteIsRefused() {
        String json = "{\"support_email\":\"" + "x".repeat(512 * 1024) + "\"}";
        assertThat(server.patch("/v1/instance", json)).isRefused(413, "request_body_too_large");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer sk_test_wrong|clerk_key_invalid",
                "Bearer |authorization_header_format_invalid",
                "Bearer something|clerk_key_invalid",
                "Basic c2tfdGVzdDo=|authorization_header_format_invalid",
                "sk_test_wrong|authorization_header_format_invalid",
            })
    void aKeyThatIsWrongOrMalformedIsRefused(String authorization, String code) throws IOException {
        assertThat(usher.send(Call.of("GET", "/v1/instance").with("Authorization", authorization)))
                .isRefused(401, code);
    }

    @Test
    void aMissingKeyIsRefused() {
        assertThat(usher.get("/v1/instance")).isRefused(401, "clerk_key_invalid");
    }

    @Test
    void aPathOrMethodThatIsNotServedIsNotFound() {
        assertThat(server.get("/v1/nothing")).isRefused(404, "resource_not_found");
        assertThat(server.delete("/v1/instance")).isRefused(404, "resource_not_found");
    }

    @Test
    void theContentTypeIsExactlyJsonAsTheSdkComparesIt() {
        Answer answer = server.get("/v1/instance");
        assertThat(answer.header("content-type")).contains("application/json");
        assertThat(server.get("/v1/nothing").header("content-type")).contains("application/json");
    }
}
