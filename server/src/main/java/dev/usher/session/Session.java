package dev.usher.session;

import dev.usher.instance.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The facts of one user's session on one client. Its status follows from them and the time.
 *
 * @param actor JSON text of an object, when somebody else acts as the user
 * @param kept what was asked of the person when the session began, and is not done yet
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
        Optional<String> actor,
        List<SessionTask> kept,
        List<SessionTask> tasks) {

    /** A session as it would be right after a sign-in, to show what a token of it would say; nobody holds it. */
    public static Session sample(String id, Instance instance, String userId, Instant now) {
        return new Session(
                id,
                instance.id(),
                "",
                userId,
                now,
                now,
                now,
                Deadlines.of(instance.settings().lifetimes(), now),
                Optional.empty(),
                new FactorAges(Optional.of(now), Optional.empty()),
                Optional.empty(),
                Activity.NONE,
                Optional.empty(),
                List.of(),
                List.of());
    }

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
                actor,
                kept,
                due);
    }
}
