package dev.usher.base;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long somebody has waited for what did not answer, over all that they asked for one after the other: who has waited
 * their time once does not wait it again for the next thing. Time that went well does not count.
 */
public final class WaitedInVain {
    /** Bound while a request is answered. */
    public static final ScopedValue<WaitedInVain> CURRENT = ScopedValue.newInstance();

    private final AtomicLong nanos = new AtomicLong();

    /** Of the work that this thread does. */
    public static WaitedInVain current() {
        return CURRENT.isBound() ? CURRENT.get() : new WaitedInVain();
    }

    public long nanos() {
        return nanos.get();
    }

    /** What was waited for since then has not come. */
    public void since(long nanoTime) {
        nanos.addAndGet(System.nanoTime() - nanoTime);
    }
}
