package dev.usher.app;

import dev.usher.store.SqliteBackup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher backup}: everything that a server keeps, in one file, while it runs. */
@Command(
        name = "backup",
        description = "Copy the data of a server on SQLite to one file, while it runs.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 1000;

    @Mixin
    private DataOptions options = new DataOptions();

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "The file to make.")
    private @Nullable Path to;

    @Override
    public Integer call() throws Exception {
        Config config = options.read();
        if (config.store().postgres().isPresent())
            throw new IllegalStateException("the data is in PostgreSQL: back it up with pg_dump, see docs/runbook.md");
        Path folder = DataFolder.existing(config.data().orElseThrow());
        Path database = DataFolder.database(folder);
        Path target = to == null ? Path.of("usher-backup.db") : to;
        String key = MasterKeyMark.known(config, folder).map(MasterKeyMark::of).orElse("unknown");
        Thread progress = progress(SqliteBackup.unfinished(target), size(database));
        try {
            SqliteBackup.take(
                    database,
                    target,
                    Map.of(
                            "made_at", Instant.now().toString(),
                            "made_by", Version.text(),
                            "master_key", key));
        } finally {
            progress.interrupt();
            progress.join();
        }
        System.out.println("Backed up to " + target + ", " + size(target) / 1024 + " KiB.");
        System.out.println("It can be used only with the master key " + key
                + ", which is not in it: keep a copy of that key somewhere else.");
        return 0;
    }

    private static Thread progress(Path part, long total) {
        return Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Thread.sleep(LOOK_MILLIS);
                    if (Files.exists(part))
                        System.out.println(size(part) / 1024 + " of about " + total / 1024 + " KiB");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
