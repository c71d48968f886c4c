package dev.usher.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The facts of one user's session on one client. Its status follows from them and the time.
 *
 * @param tasks what the person has still to do; known once the session was looked at with the instance's settings
 */
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
        Activity activity,
        List<SessionTask> tasks) {

    /** Computed, never kept. */
    public SessionStatus statusAt(Instant now) {
        if (closing.isPresent()) return closing.get().status();
        return deadlines
                .statusAt(now, lastActiveAt)
                .orElse(tasks.isEmpty() ? SessionStatus.ACTIVE : SessionStatus.PENDING);
    }

    public boolean isOpenAt(Instant now) {
        return statusAt(now).isOpen();
    }

    Session activeAt(Instant instant) {
        if (!instant.isAfter(lastActiveAt)) return this;
        return with(instant, tasks);
    }

    Session withTasks(List<SessionTask> due) {
        return due.equals(tasks) ? this : with(lastActiveAt, due);
    }

    private Session with(Instant activeAt, List<SessionTask> due) {
        return new Session(
                id,
                instanceId,
                clientId,
                userId,
                createdAt,
                updatedAt,
                activeAt,
                deadlines,
                closing,
                factorAges,
                lastActiveOrganizationId,
                activity,
                due);
    }
}
