package dev.usher.base;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The instance's time in whole milliseconds; a development instance may move it forward to see things expire. */
public final class Clock implements InstantSource {
    private final InstantSource source;
    private final AtomicLong advancedMillis = new AtomicLong();

    public Clock(InstantSource source) {
        this.source = source;
    }

    @Override
    public Instant instant() {
        return source.instant().plusMillis(advancedMillis.get()).truncatedTo(ChronoUnit.MILLIS);
    }

    /** How far the clock was moved forward so far. */
    public Duration advanced() {
        return Duration.ofMillis(advancedMillis.get());
    }

    /** Moves the clock forward; it never goes back. */
    public void advance(Duration by) {
        if (by.isNegative()) throw new IllegalArgumentException("the clock never goes back");
        advancedMillis.addAndGet(by.toMillis());
    }
}
