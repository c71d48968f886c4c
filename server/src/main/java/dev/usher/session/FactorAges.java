package dev.usher.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When each factor was last proved in a session. */
public record FactorAges(Optional<Instant> first, Optional<Instant> second) {
    private static final long NEVER = -1;

    /** Whole minutes since the first factor was proved, −1 for never. */
    public long firstMinutes(Instant now) {
        return minutes(first, now);
    }

    /** Whole minutes since the second factor was proved, −1 for never. */
    public long secondMinutes(Instant now) {
        return minutes(second, now);
    }

    private static long minutes(Optional<Instant> proved, Instant now) {
        return proved.map(at -> Math.max(0, Duration.between(at, now).toMinutes()))
                .orElse(NEVER);
    }
}
