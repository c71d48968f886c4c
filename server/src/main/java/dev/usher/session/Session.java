package dev.usher.session;

import java.time.Instant;
import java.util.Optional;

/** The facts of one user's session on one client. Its status follows from them and the time. */
public record Session(
        String id,
        String instanceId,
        String clientId,
        String userId,
        Instant createdAt,
        Instant updatedAt,
        Instant lastActiveAt,
        Deadlines deadlines,
        Optional<Closing> closing,
        FactorAges factorAges,
        Optional<String> lastActiveOrganizationId,
        Activity activity) {

    /** Computed, never kept. */
    public SessionStatus statusAt(Instant now) {
        if (closing.isPresent()) return closing.get().status();
        return deadlines.statusAt(now, lastActiveAt).orElse(SessionStatus.ACTIVE);
    }

    public boolean isOpenAt(Instant now) {
        return statusAt(now).isOpen();
    }

    Session activeAt(Instant instant) {
        if (!instant.isAfter(lastActiveAt)) return this;
        return new Session(
                id,
                instanceId,
                clientId,
                userId,
                createdAt,
                updatedAt,
                instant,
                deadlines,
                closing,
                factorAges,
                lastActiveOrganizationId,
                activity);
    }
}
