package dev.usher.user;

import dev.usher.base.Json;
import dev.usher.http.Exchange;
import dev.usher.instance.FactorSettings;
import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import dev.usher.picture.Pictures;
import dev.usher.picture.Placeholder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Users on the wire (FAPI, object {@code user}). */
public final class UserJson {
    private static final List<String> EMPTY_LISTS_BEFORE_METADATA =
            List.of("web3_wallets", "external_accounts", "saml_accounts", "enterprise_accounts");

    private UserJson() {}

    /** The user as the person themself sees it, with the memberships as their own room renders them. */
    public static ObjectNode of(Exchange exchange, User user, JsonNode organizationMemberships) {
        ObjectNode json = of(exchange, user);
        json.set("organization_memberships", organizationMemberships);
        return json;
    }

    /** The user without any memberships. */
    public static ObjectNode of(Exchange exchange, User user) {
        return of(user, Instance.of(exchange).settings(), Instance.origin(exchange), exchange.now());
    }

    /** The user without any memberships, for whoever reaches this server under the origin. */
    public static ObjectNode of(User user, Settings settings, String origin, Instant now) {
        ObjectNode json = Json.object().put("id", user.id()).put("object", "user");
        names(json, user);
        picture(json, user, origin);
        put(json, "primary_email_address_id", user.primaryEmailAddressId());
        put(json, "primary_phone_number_id", user.primaryPhoneNumberId());
        json.putNull("primary_web3_wallet_id");
        json.put("password_enabled", user.passwordHash().isPresent());
        json.put("two_factor_enabled", user.hasSecondFactor());
        json.put("totp_enabled", user.secondFactors().totp());
        json.put("backup_code_enabled", user.secondFactors().backupCodes());
        lists(json, user);
        put(json, "password_last_updated_at", user.passwordUpdatedAt());
        json.set("public_metadata", user.publicMetadata());
        json.set("unsafe_metadata", user.unsafeMetadata());
        put(json, "external_id", user.externalId());
        put(json, "last_sign_in_at", user.lastSignInAt());
        json.put("banned", user.banned());
        lock(json, user.lock(), settings.factors().lockout(), now);
        json.put("created_at", user.createdAt().toEpochMilli());
        json.put("updated_at", user.updatedAt().toEpochMilli());
        terms(json, user, settings);
        put(json, "last_active_at", user.lastActiveAt());
        put(json, "mfa_enabled_at", user.secondFactors().enabledAt());
        put(json, "mfa_disabled_at", user.secondFactors().disabledAt());
        put(json, "legal_accepted_at", user.terms().legalAcceptedAt());
        return json;
    }

    private static void terms(ObjectNode json, User user, Settings settings) {
        AccountTerms terms = user.terms();
        put(json, "locale", terms.locale());
        json.put("delete_self_enabled", user.mayDeleteSelf(settings));
        json.put("create_organization_enabled", user.mayCreateOrganizations(settings));
        json.put("create_organizations_limit", user.mostOrganizations(settings));
        json.put("bypass_client_trust", terms.bypassClientTrust());
    }

    private static void lists(ObjectNode json, User user) {
        var emails = json.putArray("email_addresses");
        user.emailAddresses().forEach(address -> emails.add(emailAddress(address)));
        var phones = json.putArray("phone_numbers");
        user.phoneNumbers().forEach(number -> phones.add(phoneNumber(number)));
        var passkeys = json.putArray("passkeys");
        user.passkeys().forEach(passkey -> passkeys.add(passkey(passkey)));
        EMPTY_LISTS_BEFORE_METADATA.forEach(json::putArray);
    }

    private static void lock(ObjectNode json, Lock lock, FactorSettings.Lockout settings, Instant now) {
        json.put("locked", lock.isLockedAt(now));
        json.put(
                "lockout_expires_in_seconds",
                lock.remainingAt(now)
                        .map(left -> Math.ceilDiv(left.toMillis(), 1000L))
                        .orElse(null));
        json.put(
                "verification_attempts_remaining",
                settings.enabled() ? Integer.valueOf(lock.attemptsLeft(settings.attempts(), now)) : null);
    }

    /** What others may see of the user, if they reach this server under the origin. */
    public static ObjectNode publicData(User user, String origin) {
        ObjectNode json = Json.object();
        put(json, "first_name", user.firstName());
        put(json, "last_name", user.lastName());
        picture(json, user, origin);
        json.put("identifier", user.identifier());
        json.put("user_id", user.id());
        put(json, "username", user.username());
        return json;
    }

    /** What a half-made sign-in may show of the account. */
    public static ObjectNode signInData(User user, String origin) {
        ObjectNode json = Json.object();
        put(json, "first_name", user.firstName());
        put(json, "last_name", user.lastName());
        picture(json, user, origin);
        return json;
    }

    private static void picture(ObjectNode json, User user, String origin) {
        String url = pictureUrl(user, origin);
        json.put("image_url", url)
                .put("profile_image_url", url)
                .put("has_image", user.pictureId().isPresent());
    }

    /** The address of the user's picture, or of initials. */
    public static String pictureUrl(User user, String origin) {
        return user.pictureId()
                .map(id -> Pictures.Owner.USER.url(origin, id))
                .orElseGet(() -> Placeholder.url(origin, user.fullName().orElse(""), user.id()));
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
        json.set("verification", verification(address.verifiedAt(), address.verificationStrategy(), "email_code"));
        json.putArray("linked_to");
        return json.put("matches_sso_connection", false)
                .put("created_at", address.createdAt().toEpochMilli())
                .put("updated_at", address.updatedAt().toEpochMilli());
    }

    /** A phone number of a user's own. */
    public static ObjectNode phoneNumber(PhoneNumber number) {
        ObjectNode json = Json.object()
                .put("id", number.id())
                .put("object", "phone_number")
                .put("phone_number", number.phoneNumber())
                .put("reserved_for_second_factor", number.reservedForSecondFactor())
                .put("default_second_factor", number.defaultSecondFactor())
                .put("reserved", false);
        json.set("verification", verification(number.verifiedAt(), number.verificationStrategy(), "phone_code"));
        json.putArray("linked_to");
        return json.putNull("backup_codes")
                .put("created_at", number.createdAt().toEpochMilli())
                .put("updated_at", number.updatedAt().toEpochMilli());
    }

    /** A passkey of a user's own; without a verification while its registration is under way. */
    public static ObjectNode passkey(Passkey passkey) {
        ObjectNode json =
                Json.object().put("id", passkey.id()).put("object", "passkey").put("name", passkey.name());
        put(json, "last_used_at", passkey.lastUsedAt());
        json.set(
                "verification",
                passkey.verifiedAt()
                        .<JsonNode>map(at -> Json.object()
                                .put("object", "verification_passkey")
                                .put("status", "verified")
                                .put("strategy", "passkey")
                                .put("attempts", 1)
                                .put("expire_at", at.toEpochMilli()))
                        .orElse(json.nullNode()));
        return json.put("created_at", passkey.createdAt().toEpochMilli())
                .put("updated_at", passkey.updatedAt().toEpochMilli());
    }

    private static JsonNode verification(Optional<Instant> verifiedAt, Optional<String> strategy, String usual) {
        if (verifiedAt.isEmpty()) return Json.object().nullNode();
        Optional<String> simple = strategy.filter(Set.of("admin", "ticket")::contains);
        ObjectNode json = Json.object()
                .put("object", simple.map(name -> "verification_" + name).orElse("verification_otp"))
                .put("status", "verified")
                .put("strategy", strategy.orElse(usual));
        if (simple.isPresent()) return json.putNull("attempts").putNull("expire_at");
        return json.put("attempts", 1).put("expire_at", verifiedAt.get().toEpochMilli());
    }

    private static void put(ObjectNode json, String name, Optional<?> value) {
        switch (value.orElse(null)) {
            case null -> json.putNull(name);
            case Instant instant -> json.put(name, instant.toEpochMilli());
            case Object text -> json.put(name, text.toString());
        }
    }
}
