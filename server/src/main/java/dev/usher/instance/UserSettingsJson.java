package dev.usher.instance;

import dev.usher.base.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code user_settings} of the environment: which attributes users have and what guards them. */
final class UserSettingsJson {
    private static final List<String> OFF =
            List.of("phone_number", "username", "web3_wallet", "authenticator_app", "backup_code", "passkey", "ticket");
    private static final List<String> RESTRICTIONS = List.of(
            "allowlist",
            "blocklist",
            "allowlist_blocklist_disabled_on_sign_in",
            "block_email_subaddresses",
            "block_disposable_email_domains");

    private UserSettingsJson() {}

    static ObjectNode of(Settings settings) {
        ObjectNode json = Json.object();
        json.set("attributes", attributes());
        json.putObject("social");
        json.putObject("saml").put("enabled", false);
        json.putObject("enterprise_sso").put("enabled", false).put("self_serve_sso", false);
        json.putObject("sign_in").putObject("second_factor").put("required", false);
        json.set("sign_up", signUp());
        ObjectNode restrictions = json.putObject("restrictions");
        RESTRICTIONS.forEach(name -> restrictions.putObject(name).put("enabled", false));
        json.set("password_settings", passwords(settings.passwords()));
        json.putObject("username_settings")
                .put("min_length", 4)
                .put("max_length", 64)
                .put("allow_extended_special_characters", false)
                .put("allow_numeric_usernames", false);
        json.putObject("actions")
                .put("delete_self", settings.deleteSelf())
                .put(
                        "create_organization",
                        settings.organizations().enabled()
                                && settings.organizations().memberCreates())
                .putNull("create_organizations_limit");
        json.set("attack_protection", attackProtection());
        json.putObject("passkey_settings")
                .put("allow_autofill", false)
                .put("show_sign_in_button", false)
                .put("satisfies_second_factor", false);
        return json;
    }

    private static ObjectNode attributes() {
        ObjectNode json = Json.object();
        ObjectNode email =
                attribute(true, true).put("used_for_first_factor", true).put("verify_at_sign_up", true);
        email.set("first_factors", Json.texts(List.of("email_code")));
        email.set("verifications", Json.texts(List.of("email_code")));
        json.set("email_address", email);
        json.set("first_name", attribute(true, false));
        json.set("last_name", attribute(true, false));
        json.set("password", attribute(true, true));
        OFF.forEach(name -> json.set(name, attribute(false, false)));
        return json;
    }

    private static ObjectNode attribute(boolean enabled, boolean required) {
        ObjectNode json =
                Json.object().put("enabled", enabled).put("required", required).put("used_for_first_factor", false);
        json.putArray("first_factors");
        json.put("used_for_second_factor", false);
        json.putArray("second_factors");
        json.putArray("verifications");
        return json.put("verify_at_sign_up", false).put("immutable", false);
    }

    private static ObjectNode signUp() {
        return Json.object()
                .put("captcha_enabled", false)
                .put("captcha_widget_type", "smart")
                .put("custom_action_required", false)
                .put("progressive", true)
                .put("mode", "public")
                .put("legal_consent_enabled", false);
    }

    private static ObjectNode passwords(Settings.PasswordRules rules) {
        return Json.object()
                .put("disable_hibp", true)
                .put("disable_password_reverification", false)
                .put("min_length", rules.minimumLength())
                .put("max_length", 0)
                .put("require_special_char", false)
                .put("require_numbers", false)
                .put("require_uppercase", false)
                .put("require_lowercase", false)
                .put("show_zxcvbn", false)
                .put("min_zxcvbn_strength", 0)
                .put("enforce_hibp_on_sign_in", false)
                .put("allowed_special_characters", "");
    }

    private static ObjectNode attackProtection() {
        ObjectNode json = Json.object();
        json.putObject("user_lockout")
                .put("enabled", false)
                .put("max_attempts", 10)
                .put("duration_in_minutes", 60);
        json.putObject("pii").put("enabled", true);
        json.putObject("email_link").put("require_same_client", false);
        json.putObject("enumeration_protection").put("enabled", false);
        return json;
    }
}
