package dev.usher.app;

import dev.usher.intake.ImportRun;
import dev.usher.intake.Intake;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Says every two seconds how far an import is, how fast it goes and how long it still takes. */
final class ImportProgress implements Intake.Watcher {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final PrintStream out;
    private final LongSupplier nanoTime;
    private long startedNanos;
    private long saidNanos;
    private long bytes;
    private long recordsBefore;
    private long bytesBefore = -1;

    ImportProgress(PrintStream out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
    }

    @Override
    public void started(ImportRun run, long fileBytes) {
        startedNanos = nanoTime.getAsLong();
        saidNanos = startedNanos;
        bytes = fileBytes;
        recordsBefore = run.records();
        if (recordsBefore > 0) out.printf(Locale.ROOT, "going on after record %,d%n", recordsBefore);
    }

    @Override
    public void advanced(ImportRun run, long bytesRead) {
        if (bytesBefore < 0) bytesBefore = recordsBefore == 0 ? 0 : bytesRead;
        long now = nanoTime.getAsLong();
        if (now - saidNanos < PAUSE.toNanos()) return;
        saidNanos = now;
        double seconds = (now - startedNanos) / 1e9;
        double done = Math.max(1, bytesRead - bytesBefore);
        double left = Math.max(0, bytes - bytesRead) * seconds / done;
        out.printf(
                Locale.ROOT,
                "%,d records, %,.0f a second, %d%%, about %s left, %,d refused%n",
                run.records(),
                (run.records() - recordsBefore) / seconds,
                bytes == 0 ? 100 : bytesRead * 100 / bytes,
                minutes(left),
                run.refused());
    }

    private static String minutes(double seconds) {
        long whole = Math.round(seconds);
        return whole / 60 + ":" + "%02d".formatted(whole % 60);
    }

    /** The last lines. */
    void summary(PrintStream summary, ImportRun run) {
        double seconds = Math.max(0.001, (nanoTime.getAsLong() - startedNanos) / 1e9);
        long records = run.records() - recordsBefore;
        summary.printf(
                Locale.ROOT,
                "%,d records: %,d users added, %,d were here already, %,d refused. %,d records in %.1f s, %,.0f a second.%n",
                run.records(),
                run.added(),
                run.present(),
                run.refused(),
                records,
                seconds,
                records / seconds);
        run.leftOut()
                .forEach((what, count) -> summary.printf(Locale.ROOT, "Not kept: %s of %,d users.%n", what, count));
    }
}
