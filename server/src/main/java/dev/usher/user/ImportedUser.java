package dev.usher.user;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user of another server, read and checked.
 *
 * @param id the id to keep; empty for a new one
 * @param emailAddresses in lower case, the primary one first
 * @param phoneNumbers in the form of E.164, the primary one first
 * @param passwordHash as it is kept here
 * @param createdAt empty for now
 */
public record ImportedUser(
        Optional<String> id,
        Optional<String> externalId,
        Optional<String> username,
        Optional<String> firstName,
        Optional<String> lastName,
        List<Identifier> emailAddresses,
        List<Identifier> phoneNumbers,
        Optional<String> passwordHash,
        ObjectNode publicMetadata,
        ObjectNode privateMetadata,
        ObjectNode unsafeMetadata,
        boolean banned,
        Optional<Instant> createdAt,
        Optional<Instant> lastSignInAt) {

    /** An e-mail address or a phone number, and whether the other server had it proved. */
    public record Identifier(String text, boolean verified) {}

    /** Never the password hash. */
    @Override
    public String toString() {
        return "ImportedUser[" + id.or(() -> externalId).orElse("new") + "]";
    }
}
