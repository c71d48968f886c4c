package dev.usher.user;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many attempts to prove a factor have failed in a row, and whether that has locked the account.
 *
 * @param until the end of the lock; empty while locked: until somebody unlocks
 */
public record Lock(int failedAttempts, boolean locked, Optional<Instant> until) {
    /** What a new account has. */
    public static final Lock NONE = new Lock(0, false, Optional.empty());

    /** Whether nobody may sign in now. */
    public boolean isLockedAt(Instant now) {
        return locked && until.filter(end -> !now.isBefore(end)).isEmpty();
    }

    /** What is left of a lock that ends by itself. */
    public Optional<Duration> remainingAt(Instant now) {
        return isLockedAt(now) ? until.map(end -> Duration.between(now, end)) : Optional.empty();
    }

    /** Attempts that are left before the account is locked. */
    public int attemptsLeft(int most, Instant now) {
        if (isLockedAt(now)) return 0;
        return locked ? most : Math.max(0, most - failedAttempts);
    }
}
