package dev.usher.session;

import dev.usher.instance.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a session closes by itself; fixed when it is created.
 *
 * @param expireAt the end of its lifetime
 * @param abandonAt from here on it counts as abandoned, never before {@code expireAt}
 * @param inactivityTimeout how long it may rest between two activities
 */
public record Deadlines(Instant expireAt, Instant abandonAt, Optional<Duration> inactivityTimeout) {
    private static final Duration ABANDONED_AFTER = Duration.ofDays(30);
    private static final Duration IMPERSONATOR_RESTS = Duration.ofMinutes(10);

    static Deadlines of(Settings.Lifetimes lifetimes, Instant createdAt) {
        Instant expireAt = createdAt.plus(lifetimes.maximum().orElse(Settings.Lifetimes.LONGEST));
        Instant abandonAt = createdAt.plus(ABANDONED_AFTER);
        return new Deadlines(expireAt, abandonAt.isBefore(expireAt) ? expireAt : abandonAt, lifetimes.inactivity());
    }

    /** The same, unless somebody acts as the user: who does has a time of their own, and may not rest for long. */
    static Deadlines of(
            Settings.Lifetimes lifetimes, Optional<Opening.Impersonation> impersonation, Instant createdAt) {
        Deadlines usual = of(lifetimes, createdAt);
        return impersonation
                .map(one -> usual.shortened(createdAt.plus(one.maximum()), IMPERSONATOR_RESTS))
                .orElse(usual);
    }

    private Deadlines shortened(Instant end, Duration rest) {
        Duration shorter =
                inactivityTimeout.filter(own -> own.compareTo(rest) < 0).orElse(rest);
        return new Deadlines(end, abandonAt.isBefore(end) ? end : abandonAt, Optional.of(shorter));
    }

    /** The status that the deadlines give a session that nobody closed; empty while it is open. */
    Optional<SessionStatus> statusAt(Instant now, Instant lastActiveAt) {
        if (!now.isBefore(abandonAt)) return Optional.of(SessionStatus.ABANDONED);
        boolean idle = inactivityTimeout
                .filter(timeout -> !now.isBefore(lastActiveAt.plus(timeout)))
                .isPresent();
        return idle || !now.isBefore(expireAt) ? Optional.of(SessionStatus.EXPIRED) : Optional.empty();
    }
}
