package dev.usher.store;

import java.time.Duration;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** When the database was last seen to do something. Waiting is worth while as long as it does, be it slow or fast. */
final class Pulse implements SqlLogger {
    private final long faintNanos;
    private volatile long lastSign = System.nanoTime();

    /**
     * @param faint without a sign of life for so long, the database is taken for stuck by those who wait
     */
    Pulse(Duration faint) {
        faintNanos = faint.toNanos();
    }

    @Override
    public void logAfterExecution(StatementContext context) {
        beat();
    }

    void beat() {
        lastSign = System.nanoTime();
    }

    /** Whether the database has done something since then. */
    boolean hasBeatSince(long nanoTime) {
        return lastSign - nanoTime > 0;
    }

    /** Whether somebody who has waited since then has waited in vain. */
    boolean isFaint(long waitingSince) {
        long now = System.nanoTime();
        return now - waitingSince > faintNanos && now - lastSign > faintNanos;
    }
}
