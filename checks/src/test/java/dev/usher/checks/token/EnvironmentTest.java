package dev.usher.checks.token;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.RunningUsher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients learn of the instance before anybody signs in. */
class EnvironmentTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private final Fapi browser = usher.browser();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/auth_config/single_session_mode|true",
                "/auth_config/test_mode|true",
                "/auth_config/password|required",
                "/auth_config/url_based_session_syncing|true",
                "/display_config/instance_environment_type|development",
                "/display_config/captcha_public_key|null",
                "/display_config/captcha_widget_type|null",
                "/user_settings/sign_up/captcha_enabled|false",
                "/user_settings/sign_up/mode|public",
                "/user_settings/attributes/email_address/enabled|true",
                "/user_settings/attributes/email_address/required|true",
                "/user_settings/attributes/email_address/verify_at_sign_up|true",
                "/user_settings/attributes/password/required|true",
                "/user_settings/attributes/phone_number/enabled|false",
                "/user_settings/attributes/passkey/enabled|true",
                "/user_settings/password_settings/min_length|8",
                "/user_settings/actions/delete_self|true",
                "/organization_settings/enabled|true",
                "/organization_settings/force_organization_selection|false",
                "/organization_settings/max_allowed_memberships|5",
                "/organization_settings/creator_role|org:admin",
                "/organization_settings/domains/enabled|false",
                "/user_settings/actions/create_organization|true",
                "/user_settings/attributes/ticket/enabled|true",
                "/user_settings/attributes/ticket/used_for_first_factor|false",
                "/auth_config/first_factors/3|ticket",
                "/maintenance_mode|false",
            })
    void saysWhatTheInstanceHas(String place, String value) {
        assertThat(browser.get("/v1/environment")).isOk().has(place, value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email_address",
                "phone_number",
                "username",
                "web3_wallet",
                "first_name",
                "last_name",
                "password",
                "authenticator_app",
                "ticket",
                "backup_code",
                "passkey"
            })
    void describesEveryAttributeThatThePrebuiltFormsLookUp(String attribute) {
        var described = browser.get("/v1/environment").at("/user_settings/attributes/" + attribute);
        for (String field :
                new String[] {"enabled", "required", "used_for_first_factor", "first_factors", "verifications"})
            assertThat(described.has(field)).as(field).isTrue();
    }

    @Test
    void isReadAndTouchedAlike() {
        Answer read = browser.get("/v1/environment");
        Answer touched = browser.patch("/v1/environment");
        assertThat(touched).isOk();
        assertThat(touched.json()).isEqualTo(read.json());
    }

    @Test
    void leadsNowhereElse() {
        assertThat(browser.get("/v1/environment").text())
                .doesNotContain("clerk.com")
                .doesNotContain("accounts.dev");
    }

    @Test
    void theServerIsHealthy() {
        assertThat(usher.get("/v1/health")).isOk().has("/status", "healthy");
    }

    @Test
    void theInstanceIsOneThatSdksTakeForDevelopmentAndThatLeadsNowherePublic() {
        String key = usher.process().key("CLERK_PUBLISHABLE_KEY");
        assertThat(key).startsWith("pk_test_");
        String host = new String(java.util.Base64.getDecoder().decode(key.substring("pk_test_".length())));
        assertThat(host).endsWith(".clerk.accounts.lclclerk.com$");
    }
}
