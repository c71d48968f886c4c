package dev.usher.instance;

import dev.usher.base.Json;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code user_settings} of the environment: which attributes users have and what guards them. */
final class UserSettingsJson {
    private static final List<String> OFF = List.of("username", "web3_wallet");
    private static final List<String> RESTRICTIONS = List.of(
            "allowlist",
            "blocklist",
            "allowlist_blocklist_disabled_on_sign_in",
            "block_email_subaddresses",
            "block_disposable_email_domains");

    private UserSettingsJson() {}

    static ObjectNode of(Settings settings) {
        ObjectNode json = Json.object();
        boolean required = settings.factors().secondFactorRequired();
        json.set("attributes", attributes(settings.factors()));
        json.putObject("social");
        json.putObject("saml").put("enabled", false);
        json.putObject("enterprise_sso").put("enabled", false).put("self_serve_sso", false);
        json.putObject("sign_in").putObject("second_factor").put("required", required);
        json.set("sign_up", signUp(required));
        ObjectNode restrictions = json.putObject("restrictions");
        RESTRICTIONS.forEach(name -> restrictions.putObject(name).put("enabled", false));
        json.set("password_settings", passwords(settings));
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
        json.set("attack_protection", attackProtection(settings.factors()));
        json.putObject("passkey_settings")
                .put("allow_autofill", false)
                .put("show_sign_in_button", settings.factors().passkeys().enabled())
                .put("satisfies_second_factor", false);
        return json;
    }

    private static ObjectNode attributes(FactorSettings factors) {
        ObjectNode json = Json.object();
        boolean byPhone = factors.phoneNumbers().forSignIn();
        ObjectNode email =
                attribute(true, !byPhone).put("used_for_first_factor", true).put("verify_at_sign_up", true);
        email.set("first_factors", Json.texts(factors.emailAddresses().strategies()));
        email.set("verifications", Json.texts(factors.emailAddresses().strategies()));
        json.set("email_address", email);
        json.set("phone_number", phoneNumber(factors.phoneNumbers()));
        json.set("first_name", attribute(true, false));
        json.set("last_name", attribute(true, false));
        json.set("password", attribute(true, true));
        json.set("authenticator_app", secondFactor(factors.authenticatorApp(), "totp"));
        json.set("backup_code", secondFactor(factors.backupCodes(), "backup_code"));
        json.set("passkey", passkey(factors.passkeys().enabled()));
        json.set("ticket", attribute(true, false));
        OFF.forEach(name -> json.set(name, attribute(false, false)));
        return json;
    }

    private static ObjectNode phoneNumber(FactorSettings.PhoneNumbers phoneNumbers) {
        if (!phoneNumbers.enabled()) return attribute(false, false);
        boolean first = phoneNumbers.forSignIn();
        List<String> code = List.of("phone_code");
        ObjectNode json =
                attribute(true, false).put("used_for_first_factor", first).put("verify_at_sign_up", first);
        json.set("first_factors", Json.texts(first ? code : List.of()));
        json.put("used_for_second_factor", true).set("second_factors", Json.texts(code));
        json.set("verifications", Json.texts(code));
        return json;
    }

    private static ObjectNode secondFactor(boolean enabled, String strategy) {
        ObjectNode json = attribute(enabled, false).put("used_for_second_factor", enabled);
        json.set("second_factors", Json.texts(enabled ? List.of(strategy) : List.of()));
        return json;
    }

    private static ObjectNode passkey(boolean enabled) {
        ObjectNode json = attribute(enabled, false).put("used_for_first_factor", enabled);
        json.set("first_factors", Json.texts(enabled ? List.of("passkey") : List.of()));
        json.set("verifications", Json.texts(enabled ? List.of("passkey") : List.of()));
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

    private static ObjectNode signUp(boolean secondFactorRequired) {
        ObjectNode json = Json.object();
        json.putObject("mfa").put("required", secondFactorRequired);
        return json.put("captcha_enabled", false)
                .put("captcha_widget_type", "smart")
                .put("custom_action_required", false)
                .put("progressive", true)
                .put("mode", "public")
                .put("legal_consent_enabled", false);
    }

    private static ObjectNode passwords(Settings settings) {
        return Json.object()
                .put("disable_hibp", !settings.factors().breachedPasswords().enabled())
                .put("disable_password_reverification", false)
                .put("min_length", settings.passwords().minimumLength())
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

    private static ObjectNode attackProtection(FactorSettings factors) {
        FactorSettings.Lockout lockout = factors.lockout();
        ObjectNode json = Json.object();
        json.putObject("user_lockout")
                .put("enabled", lockout.enabled())
                .put("max_attempts", lockout.attempts())
                .put(
                        "duration_in_minutes",
                        lockout.duration().map(Duration::toMinutes).orElse(0L));
        json.putObject("pii").put("enabled", true);
        json.putObject("email_link")
                .put("require_same_client", factors.emailAddresses().sameClient());
        json.putObject("enumeration_protection").put("enabled", factors.strictEnumerationProtection());
        return json;
    }
}
