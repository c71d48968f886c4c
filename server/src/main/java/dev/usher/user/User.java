package dev.usher.user;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A person with an account. */
public record User(
        String id,
        Optional<String> username,
        Optional<String> firstName,
        Optional<String> lastName,
        Optional<String> passwordHash,
        Optional<Instant> passwordUpdatedAt,
        Optional<String> primaryEmailAddressId,
        Optional<String> externalId,
        JsonNode publicMetadata,
        JsonNode unsafeMetadata,
        boolean banned,
        Optional<Instant> lastSignInAt,
        Optional<Instant> lastActiveAt,
        Instant createdAt,
        Instant updatedAt,
        List<EmailAddress> emailAddresses) {

    /** The primary e-mail address. */
    public Optional<EmailAddress> primaryEmailAddress() {
        return emailAddresses.stream()
                .filter(address ->
                        primaryEmailAddressId.filter(address.id()::equals).isPresent())
                .findFirst();
    }

    /** What names the user to other people: the primary e-mail address, else the username. */
    public String identifier() {
        return primaryEmailAddress()
                .map(EmailAddress::emailAddress)
                .or(() -> username)
                .orElse("");
    }

    /** Never the password hash: a user may end up in a log line. */
    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
