package dev.usher.organization;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An offer to the owner of an e-mail address to become a member.
 *
 * @param status as it is now: one that was pending for too long is expired
 * @param userId who accepted it
 */
public record Invitation(
        String id,
        Organization organization,
        String emailAddress,
        Role role,
        Status status,
        Optional<String> redirectUrl,
        Optional<String> inviterId,
        Optional<String> userId,
        JsonNode publicMetadata,
        JsonNode privateMetadata,
        Instant expiresAt,
        Instant createdAt,
        Instant updatedAt) {

    /** The published statuses. Only a pending one can change. */
    public enum Status {
        PENDING,
        ACCEPTED,
        REVOKED,
        EXPIRED;

        /** The word on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status ofWire(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
