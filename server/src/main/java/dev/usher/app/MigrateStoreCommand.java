package dev.usher.app;

import dev.usher.base.Secret;
import dev.usher.store.PostgresAddress;
import dev.usher.store.StoreCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code usher migrate-store}: from one machine's SQLite to PostgreSQL, with every session. */
@Command(
        name = "migrate-store",
        description = "Copy the data of a stopped server from SQLite to an empty PostgreSQL database.",
        mixinStandardHelpOptions = true)
final class MigrateStoreCommand implements Callable<Integer> {
    @Option(names = "--from", paramLabel = "DIR", required = true, description = "Data folder with usher.db.")
    private Path from = Path.of("usher-data");

    @Option(
            names = "--to",
            paramLabel = "URL",
            required = true,
            description = "Such as postgres://usher@db.example.com/usher.")
    private String to = "";

    @Option(names = "--user", paramLabel = "NAME", description = "User of the database, if not in the URL.")
    private @Nullable String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Holds the password, if not in the URL.")
    private @Nullable Path passwordFile;

    private String lastTable = "";
    private long lastPercent;

    @Override
    public Integer call() throws IOException {
        if (Files.notExists(from.resolve("usher.db"))) throw new IllegalStateException(from + " has no usher.db");
        PostgresAddress target = target();
        try (DataFolder folder = DataFolder.take(from);
                StoreCopy copy = StoreCopy.open(folder.database(), target)) {
            Map<String, Long> copied = copy.run(this::show);
            long rows = copied.values().stream().mapToLong(Long::longValue).sum();
            System.out.println("Copied and compared " + rows + " rows of " + copied.size() + " tables.");
        }
        System.out.println("Start the server with store.url and the master key of before"
                + (Files.exists(from.resolve("master.key")) ? ", which is in " + from.resolve("master.key") : "")
                + ". Sessions go on.");
        return 0;
    }

    private PostgresAddress target() throws IOException {
        PostgresAddress address = PostgresAddress.parse(to)
                .orElseThrow(() -> new IllegalStateException("--to is such as postgres://usher@db.example.com/usher"));
        Optional<Secret> password = passwordFile == null
                ? Optional.empty()
                : Optional.of(Secret.of(Files.readString(passwordFile).trim()));
        return address.with(Optional.ofNullable(user), password);
    }

    /** One line for each table and each tenth of it. */
    private void show(String table, long rows, long of) {
        long percent = of == 0 ? 100 : rows * 100 / of;
        if (table.equals(lastTable) && percent / 10 == lastPercent / 10) return;
        lastTable = table;
        lastPercent = percent;
        System.out.println(table + ": " + rows + " of " + of);
    }
}
