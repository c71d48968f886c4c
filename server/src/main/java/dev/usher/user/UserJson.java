package dev.usher.user;

import dev.usher.base.Json;
import dev.usher.instance.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Users on the wire (FAPI, object {@code user}). */
public final class UserJson {
    private static final List<String> EMPTY_LISTS_BEFORE_METADATA = List.of(
            "phone_numbers", "web3_wallets", "passkeys", "external_accounts", "saml_accounts", "enterprise_accounts");

    private UserJson() {}

    public static ObjectNode of(User user, Settings settings, JsonNode organizationMemberships) {
        ObjectNode json = Json.object().put("id", user.id()).put("object", "user");
        names(json, user);
        json.put("image_url", "").put("profile_image_url", "").put("has_image", false);
        put(json, "primary_email_address_id", user.primaryEmailAddressId());
        json.putNull("primary_phone_number_id").putNull("primary_web3_wallet_id");
        json.put("password_enabled", user.passwordHash().isPresent());
        json.put("two_factor_enabled", false).put("totp_enabled", false).put("backup_code_enabled", false);
        var emails = json.putArray("email_addresses");
        user.emailAddresses().forEach(address -> emails.add(emailAddress(address)));
        EMPTY_LISTS_BEFORE_METADATA.forEach(json::putArray);
        json.set("organization_memberships", organizationMemberships);
        put(json, "password_last_updated_at", user.passwordUpdatedAt());
        json.set("public_metadata", user.publicMetadata());
        json.set("unsafe_metadata", user.unsafeMetadata());
        put(json, "external_id", user.externalId());
        put(json, "last_sign_in_at", user.lastSignInAt());
        json.put("banned", user.banned()).put("locked", false);
        json.putNull("lockout_expires_in_seconds").putNull("verification_attempts_remaining");
        json.put("created_at", user.createdAt().toEpochMilli());
        json.put("updated_at", user.updatedAt().toEpochMilli());
        json.put("delete_self_enabled", settings.deleteSelf());
        Settings.Organizations organizations = settings.organizations();
        json.put("create_organization_enabled", organizations.enabled() && organizations.memberCreates());
        json.put("create_organizations_limit", organizations.mostPerUser());
        put(json, "last_active_at", user.lastActiveAt());
        return json.putNull("mfa_enabled_at").putNull("mfa_disabled_at").putNull("legal_accepted_at");
    }

    /** What others may see of the user. */
    public static ObjectNode publicData(User user) {
        ObjectNode json = Json.object();
        put(json, "first_name", user.firstName());
        put(json, "last_name", user.lastName());
        json.put("image_url", "").put("has_image", false);
        json.put("identifier", user.identifier());
        json.put("profile_image_url", "").put("user_id", user.id());
        put(json, "username", user.username());
        return json;
    }

    /** What a half-made sign-in may show of the account. */
    public static ObjectNode signInData(User user) {
        ObjectNode json = Json.object();
        put(json, "first_name", user.firstName());
        put(json, "last_name", user.lastName());
        return json.put("image_url", "").put("has_image", false).put("profile_image_url", "");
    }

    private static void names(ObjectNode json, User user) {
        put(json, "username", user.username());
        put(json, "first_name", user.firstName());
        put(json, "last_name", user.lastName());
    }

    private static ObjectNode emailAddress(EmailAddress address) {
        ObjectNode json = Json.object()
                .put("id", address.id())
                .put("object", "email_address")
                .put("email_address", address.emailAddress())
                .put("reserved", false);
        json.set("verification", verification(address));
        json.putArray("linked_to");
        return json.put("matches_sso_connection", false)
                .put("created_at", address.createdAt().toEpochMilli())
                .put("updated_at", address.updatedAt().toEpochMilli());
    }

    private static JsonNode verification(EmailAddress address) {
        if (address.verifiedAt().isEmpty()) return Json.object().nullNode();
        boolean byAdmin = address.verificationStrategy().filter("admin"::equals).isPresent();
        ObjectNode json = Json.object()
                .put("object", byAdmin ? "verification_admin" : "verification_otp")
                .put("status", "verified")
                .put("strategy", address.verificationStrategy().orElse("email_code"));
        if (byAdmin) return json.putNull("attempts").putNull("expire_at");
        return json.put("attempts", 1)
                .put("expire_at", address.verifiedAt().get().toEpochMilli());
    }

    private static void put(ObjectNode json, String name, Optional<?> value) {
        switch (value.orElse(null)) {
            case null -> json.putNull(name);
            case Instant instant -> json.put(name, instant.toEpochMilli());
            case Object text -> json.put(name, text.toString());
        }
    }
}
