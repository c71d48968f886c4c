package dev.usher.app;

import dev.usher.base.Secret;
import dev.usher.store.PostgresStore;
import dev.usher.store.SqliteBackup;
import dev.usher.store.SqliteStore;
import dev.usher.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher restore}: from a backup to a folder that a server can start on, with nobody signed in. */
@Command(
        name = "restore",
        description = "Make a data folder from a backup, or end what a restored PostgreSQL database revived.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private DataOptions options = new DataOptions();

    @Option(names = "--from", paramLabel = "FILE", description = "A file that `usher backup` made.")
    private @Nullable Path from;

    @Option(
            names = "--after-dump",
            description = "The database of the settings was just restored by pg_restore: end its sessions and codes.")
    private boolean afterDump;

    @Option(
            names = "--keep-sessions",
            description =
                    "Leave sessions and codes as they were: whoever signed out or was signed out since then is signed"
                            + " in again, and codes and tickets that were used since then work once more.")
    private boolean keepSessions;

    @Override
    public Integer call() throws Exception {
        Config config = options.read();
        if (afterDump == (from != null)) throw new IllegalStateException("give --from FILE, or --after-dump");
        if (afterDump) return afterDump(config);
        if (config.store().postgres().isPresent())
            throw new IllegalStateException("the settings name PostgreSQL: restore with pg_restore, then --after-dump");
        Path backup = from;
        if (backup == null || !Files.isReadable(backup)) throw new IllegalStateException("cannot read " + backup);
        Path data = config.data().orElseThrow();
        if (Files.exists(DataFolder.database(data)))
            throw new IllegalStateException(data + " has data already; nothing is overwritten");
        try (DataFolder folder = DataFolder.take(data)) {
            restore(config, backup, data, folder.database());
        }
        return 0;
    }

    private void restore(Config config, Path backup, Path data, Path database) throws IOException {
        Map<String, String> note = SqliteBackup.note(backup);
        requireKey(note, MasterKeyMark.known(config, data));
        Path part = SqliteBackup.unfinished(database);
        for (String log : new String[] {"-wal", "-shm"})
            Files.deleteIfExists(part.resolveSibling(part.getFileName() + log));
        SqliteBackup.unpack(backup, part);
        try (Store store = SqliteStore.open(part, 1, 16)) {
            revive(store);
        }
        SqliteBackup.publish(part, database);
        System.out.println(
                "Restored to " + data + ", as it was at " + note.getOrDefault("made_at", "an unknown time") + ".");
        System.out.println("The master key to start with is " + note.getOrDefault("master_key", "unknown") + ".");
        sayWhatStays();
    }

    private static void requireKey(Map<String, String> note, Optional<Secret> key) {
        String needed = note.getOrDefault("master_key", "unknown");
        String given = key.map(MasterKeyMark::of).orElse(needed);
        if (!needed.equals("unknown") && !needed.equals(given))
            throw new IllegalStateException(
                    "the backup needs the master key " + needed + ", the one given is " + given);
    }

    private int afterDump(Config config) {
        PostgresStore.Settings postgres = config.store()
                .postgres()
                .orElseThrow(() -> new IllegalStateException("--after-dump is for PostgreSQL: set store.url"));
        try (Store store = PostgresStore.open(postgres.withConnections(1))) {
            revive(store);
        }
        sayWhatStays();
        return 0;
    }

    private void revive(Store store) {
        if (keepSessions) {
            store.change(tx -> tx.update("delete from lease").execute());
            System.out.println(
                    "Sessions and codes are as they were at the backup, those that ended since then among them.");
            return;
        }
        Map<String, Integer> ended = store.write(tx -> AfterRestoreStore.run(tx, Instant.now()));
        ended.forEach((table, rows) -> {
            if (rows > 0) System.out.println(table + ": " + rows + " ended");
        });
        System.out.println("Nobody is signed in, and no code, ticket or unsent message is left.");
    }

    private static void sayWhatStays() {
        System.out.println("Passwords, bans, memberships, secret keys and signing keys are as they were at the backup: "
                + "change again what was changed because it was known to somebody.");
    }
}
