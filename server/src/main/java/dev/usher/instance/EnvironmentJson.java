package dev.usher.instance;

import dev.usher.base.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The environment on the wire (FAPI, {@code GET /v1/environment}). */
final class EnvironmentJson {
    private static final List<String> DISPLAY_URLS = List.of(
            "home_url",
            "user_profile_url",
            "waitlist_url",
            "oauth_consent_url",
            "after_sign_in_url",
            "after_sign_up_url",
            "after_sign_out_one_url",
            "after_sign_out_all_url",
            "after_switch_session_url",
            "after_join_waitlist_url",
            "organization_profile_url",
            "create_organization_url",
            "after_leave_organization_url",
            "after_create_organization_url",
            "logo_link_url");
    private static final List<String> ABSENT_DISPLAY_VALUES = List.of(
            "support_email",
            "google_one_tap_client_id",
            "help_url",
            "privacy_policy_url",
            "terms_url",
            "logo_url",
            "favicon_url",
            "logo_image",
            "favicon_image",
            "logo_image_url",
            "favicon_image_url",
            "captcha_public_key",
            "captcha_widget_type",
            "captcha_public_key_invisible",
            "captcha_provider");

    private EnvironmentJson() {}

    /**
     * The environment.
     *
     * @param calledOrigin where the caller found this server; in development that is where its pages are
     */
    static ObjectNode of(Instance instance, String calledOrigin) {
        ObjectNode json = Json.object();
        json.set("auth_config", authConfig(instance));
        json.set(
                "display_config",
                displayConfig(instance, instance.isDevelopment() ? calledOrigin : instance.publicUrl()));
        json.set("user_settings", UserSettingsJson.of(instance.settings()));
        json.set(
                "organization_settings",
                organizationSettings(instance.settings().organizations()));
        json.set("fraud_settings", fraudSettings());
        json.set("commerce_settings", commerceSettings());
        json.set("api_keys_settings", apiKeysSettings());
        return json.put("client_debug_mode", false)
                .put("partitioned_cookies", false)
                .put("maintenance_mode", false);
    }

    private static ObjectNode authConfig(Instance instance) {
        ObjectNode json = Json.object();
        json.put("object", "auth_config").put("id", instance.id().replace("ins_", "aac_"));
        FactorSettings factors = instance.settings().factors();
        boolean byPhone = factors.phoneNumbers().forSignIn();
        json.put("first_name", "on").put("last_name", "on");
        json.put("email_address", byPhone ? "on" : "required");
        json.put("phone_number", factors.phoneNumbers().enabled() ? "on" : "off");
        json.put("username", "off").put("password", "required");
        var requirements = json.putArray("identification_requirements");
        factors.identifiers().forEach(name -> requirements.addArray().add(name));
        json.set("identification_strategies", Json.texts(factors.identifiers()));
        json.set("first_factors", firstFactors(factors));
        json.set("second_factors", Json.texts(factors.secondFactors()));
        json.set(
                "email_address_verification_strategies",
                Json.texts(factors.emailAddresses().strategies()));
        json.put("single_session_mode", instance.settings().singleSessionMode());
        json.put("enhanced_email_deliverability", false);
        json.put("test_mode", instance.settings().testMode());
        json.put("cookieless_dev", instance.isDevelopment());
        json.put("url_based_session_syncing", instance.isDevelopment());
        json.putNull("claimed_at");
        json.put("reverification", factors.reverification());
        json.set("native_settings", nativeSettings(instance.settings().nativeApi()));
        return json;
    }

    private static ArrayNode firstFactors(FactorSettings factors) {
        ArrayNode names = Json.texts(factors.emailAddresses().strategies());
        names.add("password").add("reset_password_email_code").add("ticket");
        if (factors.phoneNumbers().forSignIn()) names.add("phone_code").add("reset_password_phone_code");
        return factors.passkeys().enabled() ? names.add("passkey") : names;
    }

    private static ObjectNode nativeSettings(boolean enabled) {
        return Json.object()
                .put("object", "native_settings")
                .put("api_enabled", enabled)
                .put("trusted_device_sign_in_enabled", false)
                .put("trusted_device_enrollment_prompt_after_sign_in_enabled", false)
                .put("trusted_device_enrollment_prompt_after_sign_up_enabled", false);
    }

    private static ObjectNode displayConfig(Instance instance, String origin) {
        String home = instance.settings().homeUrl().orElse(origin + "/");
        ObjectNode json = Json.object();
        json.put("object", "display_config").put("id", instance.id().replace("ins_", "display_config_"));
        json.put("instance_environment_type", instance.isDevelopment() ? "development" : "production");
        json.put("application_name", instance.settings().applicationName());
        json.set("theme", theme());
        json.put("preferred_sign_in_strategy", "password");
        DISPLAY_URLS.forEach(name -> json.put(name, home));
        json.put("sign_in_url", origin + "/#/sign-in");
        json.put("sign_up_url", origin + "/#/sign-up");
        ABSENT_DISPLAY_VALUES.forEach(json::putNull);
        json.put("branded", false).put("experimental_force_oauth_first", false);
        json.put("clerk_js_version", "6").put("show_devmode_warning", false);
        json.set("captcha_oauth_bypass", Json.array());
        return json.put("captcha_heartbeat", false);
    }

    private static ObjectNode theme() {
        ObjectNode theme = Json.object();
        theme.putObject("buttons")
                .put("font_color", "#ffffff")
                .put("font_family", "inherit")
                .put("font_weight", "600");
        theme.putObject("general")
                .put("color", "#2f5d50")
                .put("padding", "1em")
                .put("box_shadow", "0 2px 8px rgba(0, 0, 0, 0.2)")
                .put("font_color", "#151515")
                .put("font_family", "inherit")
                .put("border_radius", "0.5em")
                .put("background_color", "#ffffff")
                .put("label_font_weight", "600");
        theme.putObject("accounts").put("background_color", "#ffffff");
        return theme;
    }

    private static ObjectNode organizationSettings(Settings.Organizations settings) {
        ObjectNode json = Json.object()
                .put("enabled", settings.enabled())
                .put("max_allowed_memberships", settings.maxAllowedMemberships())
                .put("force_organization_selection", settings.forceSelection());
        json.putObject("actions").put("admin_delete", settings.adminDelete());
        ObjectNode domains = json.putObject("domains").put("enabled", false);
        domains.putArray("enrollment_modes");
        domains.put("default_role", settings.defaultRole());
        json.putObject("slug").put("disabled", !settings.slugs());
        return json.put("creator_role", settings.creatorRole());
    }

    private static ObjectNode fraudSettings() {
        ObjectNode json = Json.object().put("object", "fraud_settings");
        json.putObject("native").put("device_attestation_mode", "disabled");
        return json;
    }

    private static ObjectNode commerceSettings() {
        ObjectNode json = Json.object();
        ObjectNode billing = json.putObject("billing");
        billing.putNull("stripe_publishable_key").put("free_trial_requires_payment_method", true);
        billing.putObject("user").put("enabled", false).put("has_paid_plans", false);
        billing.putObject("organization").put("enabled", false).put("has_paid_plans", false);
        return json;
    }

    private static ObjectNode apiKeysSettings() {
        return Json.object()
                .put("enabled", false)
                .put("user_api_keys_enabled", false)
                .put("orgs_api_keys_enabled", false);
    }
}
