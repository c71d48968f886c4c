package dev.usher.ticket;

import dev.usher.http.Refusal;
import dev.usher.http.TicketErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets a user in once and without a factor; one with an actor lets somebody else in as the user.
 *
 * @param actor JSON text of an object that names who acts
 * @param sessionLength how long an actor's session lasts
 * @param organizationId the organization that the session starts with
 */
public record EntryToken(
        String id,
        String userId,
        Status status,
        Optional<String> actor,
        Optional<Duration> sessionLength,
        Optional<String> organizationId,
        Instant expireAt,
        Instant createdAt,
        Instant updatedAt) {

    /** The published statuses; only a pending one can change. */
    public enum Status {
        PENDING,
        ACCEPTED,
        REVOKED;

        /** The word on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status ofWire(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public boolean isActors() {
        return actor.isPresent();
    }

    /** Says why it lets nobody in any more. */
    void requireUsable(Instant now) {
        switch (status) {
            case ACCEPTED -> throw used();
            case REVOKED -> throw isActors() ? TicketErrors.actorTokenRevoked() : TicketErrors.signInTokenRevoked();
            case PENDING -> {
                if (!now.isBefore(expireAt)) throw TicketErrors.ticketExpired();
            }
        }
    }

    Refusal used() {
        return isActors() ? TicketErrors.actorTokenUsed() : TicketErrors.signInTokenUsed();
    }

    Refusal notForSignUp() {
        return isActors() ? TicketErrors.actorTokenNotForSignUp() : TicketErrors.signInTokenNotForSignUp();
    }

    Refusal ofAnother() {
        return isActors() ? TicketErrors.actorTokenOfAnother() : TicketErrors.signInTokenOfAnother();
    }

    Refusal notRevocable() {
        return isActors() ? TicketErrors.actorTokenNotRevocable() : TicketErrors.signInTokenNotRevocable();
    }
}
