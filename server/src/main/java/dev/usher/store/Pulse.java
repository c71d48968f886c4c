package dev.usher.store;

import java.time.Duration;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** When the database was last seen to do something. Waiting is worth while as long as it does, be it slow or fast. */
final class Pulse implements SqlLogger {
    /** Without a sign of life for so long, it is taken for stuck by those who wait. */
    static final Duration FAINT = Duration.ofSeconds(1);

    private volatile long lastSign = System.nanoTime();

    @Override
    public void logAfterExecution(StatementContext context) {
        beat();
    }

    void beat() {
        lastSign = System.nanoTime();
    }

    boolean isFaint() {
        return System.nanoTime() - lastSign > FAINT.toNanos();
    }
}
