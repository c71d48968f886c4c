package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.user.EmailAddress;
import dev.usher.user.PhoneNumber;
import dev.usher.user.User;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The shortcodes {@code user.…}. Private metadata is none of them. */
final class UserFacts {
    private UserFacts() {}

    static ObjectNode of(User user) {
        ObjectNode facts = Json.object().put("id", user.id());
        put(facts, "external_id", user.externalId());
        put(facts, "first_name", user.firstName());
        put(facts, "last_name", user.lastName());
        put(facts, "full_name", fullName(user));
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
        facts.putNull("image_url").put("has_image", false);
        facts.put("two_factor_enabled", user.hasSecondFactor());
        facts.putNull("organizations");
        facts.set("public_metadata", user.publicMetadata());
        facts.set("unsafe_metadata", user.unsafeMetadata());
        return facts;
    }

    private static Optional<String> fullName(User user) {
        String name = Stream.of(user.firstName(), user.lastName())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        return Optional.of(name).filter(text -> !text.isEmpty());
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
