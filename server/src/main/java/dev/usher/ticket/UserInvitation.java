package dev.usher.ticket;

import dev.usher.http.TicketErrors;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An offer to the owner of an e-mail address to become a user.
 *
 * @param status as it is now: one that was pending for too long is expired
 * @param publicMetadata what the user's public metadata starts with
 */
public record UserInvitation(
        String id,
        String emailAddress,
        Status status,
        Optional<String> redirectUrl,
        ObjectNode publicMetadata,
        Instant expireAt,
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

    /** Says what became of one that can no longer be accepted. */
    void requirePending() {
        switch (status) {
            case PENDING -> {}
            case ACCEPTED -> throw TicketErrors.invitationAccepted();
            case REVOKED -> throw TicketErrors.invitationRevoked();
            case EXPIRED -> throw TicketErrors.ticketExpired();
        }
    }
}
