package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.user.EmailAddress;
import dev.usher.user.PhoneNumber;
import dev.usher.user.User;
import dev.usher.user.UserJson;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The shortcodes {@code user.…}. Private metadata is none of them. */
final class UserFacts {
    private UserFacts() {}

    static ObjectNode of(User user, String origin) {
        ObjectNode facts = Json.object().put("id", user.id());
        put(facts, "external_id", user.externalId());
        put(facts, "first_name", user.firstName());
        put(facts, "last_name", user.lastName());
        put(facts, "full_name", user.fullName());
        put(facts, "username", user.username());
        put(facts, "created_at", Optional.of(user.createdAt()));
        put(facts, "updated_at", Optional.of(user.updatedAt()));
        put(facts, "last_sign_in_at", user.lastSignInAt());
        put(facts, "primary_email_address", user.primaryEmailAddress().map(EmailAddress::emailAddress));
        facts.put(
                "email_verified",
                user.primaryEmailAddress().flatMap(EmailAddress::verifiedAt).isPresent());
        put(facts, "primary_phone_number", user.primaryPhoneNumber().map(PhoneNumber::phoneNumber));
        facts.put(
                "phone_number_verified",
                user.primaryPhoneNumber().flatMap(PhoneNumber::verifiedAt).isPresent());
        facts.putNull("primary_web3_wallet");
        facts.put("image_url", UserJson.pictureUrl(user, origin))
                .put("has_image", user.pictureId().isPresent());
        facts.put("two_factor_enabled", user.hasSecondFactor());
        facts.putNull("organizations");
        facts.set("public_metadata", user.publicMetadata());
        facts.set("unsafe_metadata", user.unsafeMetadata());
        return facts;
    }

    /** Times are whole seconds, as in the published example. */
    static void put(ObjectNode facts, String name, Optional<?> value) {
        switch (value.orElse(null)) {
            case null -> facts.putNull(name);
            case Instant instant -> facts.put(name, instant.getEpochSecond());
            case Object text -> facts.put(name, text.toString());
        }
    }
}
