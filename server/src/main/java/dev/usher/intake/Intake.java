package dev.usher.intake;

import dev.usher.base.Ids;
import dev.usher.factor.Totp;
import dev.usher.instance.Instance;
import dev.usher.store.Duplicates;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.user.UserImport;
import dev.usher.user.Users;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Takes the users of a file in: batch after batch, each in one transaction with the place in the file that it reaches. */
public final class Intake {
    private static final int BATCH = 500;

    /** The formats of files. */
    public enum Format {
        CLERK_CSV,
        CLERK_JSON
    }

    /** What is to be read, and how. */
    public record Job(Path file, Format format, Naming naming) {}

    /** What the reader of a file wants to know while it goes on. */
    public interface Watcher {
        void started(ImportRun run, long bytes);

        void advanced(ImportRun run, long bytesRead);
    }

    private final Store store;
    private final Instance instance;
    private final Ids ids;
    private final UserImport imports;
    private final Users users;
    private final Totp totp;
    private final InstantSource clock;

    public Intake(Store store, Instance instance, Ids ids, Totp totp, InstantSource clock) {
        this.store = store;
        this.instance = instance;
        this.ids = ids;
        this.imports = new UserImport(ids);
        this.users = new Users(ids);
        this.totp = totp;
        this.clock = clock;
    }

    /**
     * How a file was read.
     *
     * @param broken what is wrong with the file where it could not be read on; the users before that place are in
     */
    public record Result(ImportRun run, Optional<String> broken) {}

    /**
     * Reads the file to its end, or to where it breaks off.
     *
     * @param resume whether to go on where an earlier run stopped
     */
    public Result run(Job job, boolean resume, Watcher watcher) {
        ImportRun run = begun(fingerprint(job), resume);
        try (CountingStream in =
                        new CountingStream(new BufferedInputStream(Files.newInputStream(job.file()), 1 << 16));
                Source source = source(job, in)) {
            watcher.started(run, Files.size(job.file()));
            source.skip(run.records());
            Batch batch;
            do {
                batch = Batch.next(source, BATCH);
                run = batch.entries().isEmpty() ? run : taken(run, batch.entries());
                watcher.advanced(run, in.count());
            } while (!batch.isLast());
            if (batch.broken().isPresent()) return new Result(run, batch.broken());
        } catch (BrokenFile e) {
            return new Result(run, Optional.of(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + job.file(), e);
        }
        ImportRun done = run;
        store.change(tx -> ImportStore.finish(tx, done, clock.instant()));
        return new Result(done, Optional.empty());
    }

    private ImportRun begun(String fingerprint, boolean resume) {
        Optional<ImportRun> kept = store.<Optional<ImportRun>>read(
                        tx -> ImportStore.find(tx, instance.id(), fingerprint))
                .filter(run -> resume && run.finishedAt().isEmpty());
        if (kept.isPresent()) return kept.get();
        Instant now = clock.instant();
        ImportRun fresh = ImportRun.started(ids.next("imp", now));
        store.change(tx -> ImportStore.start(tx, instance.id(), fingerprint, fresh, now));
        return fresh;
    }

    /** A run of this file that has not come to its end, if there is one. */
    public Optional<ImportRun> unfinished(Job job) {
        return store.<Optional<ImportRun>>read(tx -> ImportStore.find(tx, instance.id(), fingerprint(job)))
                .filter(run -> run.finishedAt().isEmpty() && run.records() > 0);
    }

    private Source source(Job job, InputStream in) {
        boolean testMode = instance.settings().testMode();
        return switch (job.format()) {
            case CLERK_CSV -> new CsvSource(in, job.naming(), testMode);
            case CLERK_JSON -> new JsonSource(in, job.naming(), testMode);
        };
    }

    /** A whole batch as one; when the database refuses it, one user after the other. */
    private ImportRun taken(ImportRun run, List<Entry> batch) {
        try {
            return store.write(tx -> take(tx, run, batch));
        } catch (RuntimeException e) {
            if (!Duplicates.caused(e)) throw e;
            ImportRun each = run;
            for (Entry entry : batch) each = takenAlone(each, entry);
            return each;
        }
    }

    private ImportRun takenAlone(ImportRun run, Entry entry) {
        try {
            return store.write(tx -> take(tx, run, List.of(entry)));
        } catch (RuntimeException e) {
            if (!Duplicates.caused(e)) throw e;
            Entry refused = new Entry.Refused(entry.line(), entry.userId(), "an identifier belongs to another user");
            return store.write(tx -> take(tx, run, List.of(refused)));
        }
    }

    private ImportRun take(WriteTx tx, ImportRun run, List<Entry> batch) {
        Instant now = clock.instant();
        ImportRun after = run;
        for (Entry entry : batch) after = take(tx, after, entry, now);
        ImportStore.advance(tx, after, now);
        return after;
    }

    private ImportRun take(WriteTx tx, ImportRun run, Entry entry, Instant now) {
        return switch (entry) {
            case Entry.Refused refused -> refuse(tx, run, entry, refused.reason());
            case Entry.Readable readable ->
                switch (imports.admit(tx, instance, readable.user(), now)) {
                    case UserImport.Outcome.Added added -> added(tx, run, readable, added.id(), now);
                    case UserImport.Outcome.Present present -> run.plus(0, 1, 0, Map.of());
                    case UserImport.Outcome.Refused refused -> refuse(tx, run, entry, refused.reason());
                };
        };
    }

    private ImportRun added(WriteTx tx, ImportRun run, Entry.Readable entry, String userId, Instant now) {
        entry.totpSecret().ifPresent(secret -> {
            totp.admit(tx, userId, secret, now);
            users.secondFactorsChanged(tx, instance, userId, true, false, now);
        });
        return run.plus(1, 0, 0, counted(entry));
    }

    private static Map<String, Long> counted(Entry.Readable entry) {
        Map<String, Long> counted = new TreeMap<>();
        entry.leftOut().forEach(what -> counted.put(what, 1L));
        return counted;
    }

    private static ImportRun refuse(WriteTx tx, ImportRun run, Entry entry, String reason) {
        ImportRun after = run.plus(0, 0, 1, Map.of());
        ImportStore.refuse(tx, run.id(), new ImportRun.Refused(after.records(), entry.line(), entry.userId(), reason));
        return after;
    }

    /** Every record that was refused, in the order of the file. */
    public void refused(ImportRun run, Consumer<ImportRun.Refused> each) {
        long after = 0;
        while (true) {
            long last = after;
            List<ImportRun.Refused> page = store.read(tx -> ImportStore.refused(tx, run.id(), last, BATCH));
            page.forEach(each);
            if (page.size() < BATCH) return;
            after = page.getLast().record();
        }
    }

    /** The file's contents, and how they are read. */
    private static String fingerprint(Job job) {
        try (var in = new DigestInputStream(Files.newInputStream(job.file()), MessageDigest.getInstance("SHA-256"))) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {}
            String hash = HexFormat.of().formatHex(in.getMessageDigest().digest());
            return job.format() + " " + job.naming() + " " + hash;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + job.file(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
