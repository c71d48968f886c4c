package dev.usher.user;

import dev.usher.base.Json;
import dev.usher.instance.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Users on the wire (FAPI, object {@code user}). */
public final class UserJson {
    private static final List<String> EMPTY_LISTS_BEFORE_METADATA = List.of(
            "phone_numbers",
            "web3_wallets",
            "passkeys",
            "organization_memberships",
            "external_accounts",
            "saml_accounts",
            "enterprise_accounts");

    private UserJson() {}

    public static ObjectNode of(User user, Settings settings) {
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
        put(json, "password_last_updated_at", user.passwordUpdatedAt());
        json.set("public_metadata", user.publicMetadata());
        json.set("unsafe_metadata", user.unsafeMetadata());
        put(json, "external_id", user.externalId());
        put(json, "last_sign_in_at", user.lastSignInAt());
        json.put("banned", user.banned()).put("locked", false);
        json.putNull("lockout_expires_in_seconds").putNull("verification_attempts_remaining");
        json.put("created_at", user.createdAt().toEpochMilli());
        json.put("updated_at", user.updatedAt().toEpochMilli());
        terms(json, user, settings);
        put(json, "last_active_at", user.lastActiveAt());
        json.putNull("mfa_enabled_at").putNull("mfa_disabled_at");
        put(json, "legal_accepted_at", user.terms().legalAcceptedAt());
        return json;
    }

    private static void terms(ObjectNode json, User user, Settings settings) {
        AccountTerms terms = user.terms();
        put(json, "locale", terms.locale());
        json.put("delete_self_enabled", user.mayDeleteSelf(settings));
        json.put("create_organization_enabled", terms.createOrganization().orElse(false));
        json.put("create_organizations_limit", terms.createOrganizationsLimit().orElse(null));
        json.put("bypass_client_trust", terms.bypassClientTrust());
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

    /** An e-mail address of a user's own. */
    public static ObjectNode emailAddress(EmailAddress address) {
        ObjectNode json = Json.object()
                .put("id", address.id())
                .put("object", "email_address")
                .put("email_address", address.emailAddress())
                .put("reserved", address.reserved());
        json.set("verification", verification(address));
        json.putArray("linked_to");
        return json.put("matches_sso_connection", false)
                .put("created_at", address.createdAt().toEpochMilli())
                .put("updated_at", address.updatedAt().toEpochMilli());
    }

    private static tools.jackson.databind.JsonNode verification(EmailAddress address) {
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
