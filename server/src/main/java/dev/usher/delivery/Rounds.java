package dev.usher.delivery;

import dev.usher.base.Unavailable;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that looks for what is to be sent, at once when it is woken and from time to time by itself. */
public final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final Duration pause;
    private final Runnable round;
    private final Duration underWay;
    private final Semaphore wake;
    private final Thread thread;
    private volatile boolean closing;

    /**
     * @param pause the longest time from one look to the next
     * @param underWay how long a round may go on once this is closed
     * @param wake released when there is something to send
     */
    public Rounds(String name, Duration pause, Duration underWay, Semaphore wake, Runnable round) {
        this.pause = pause;
        this.underWay = underWay;
        this.wake = wake;
        this.round = round;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    private void run() {
        while (!closing) {
            try {
                boolean woken = wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                if (woken) wake.drainPermits();
                round.run();
            } catch (InterruptedException e) {
                return;
            } catch (Unavailable e) {
                LOG.warn("what is to be sent has to wait: {}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("a round of sending failed", e);
            }
        }
    }

    /** Lets the round end: a message that is interrupted would be sent again after the next start. */
    @Override
    public void close() {
        closing = true;
        wake.release();
        try {
            if (!thread.join(underWay)) thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
