package dev.usher.factor;

import dev.usher.base.Unavailable;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets a few attempts of one account be looked at together. An attempt counts as failed while it is looked at: without the
 * gate, many right ones at once would lock the account.
 */
final class Gate {
    private static final int STRIPES = 256;
    private static final int TOGETHER = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Semaphore[] stripes =
            Stream.generate(() -> new Semaphore(TOGETHER, true)).limit(STRIPES).toArray(Semaphore[]::new);

    <T> T through(String key, Supplier<T> work) {
        Semaphore stripe = stripes[Math.floorMod(key.hashCode(), STRIPES)];
        enter(stripe);
        try {
            return work.get();
        } finally {
            stripe.release();
        }
    }

    private static void enter(Semaphore stripe) {
        try {
            if (!stripe.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                throw new Unavailable("too many attempts for one account", Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for other attempts", e);
        }
    }
}
