package dev.usher.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What the machine and the database can do without Usher. */
final class Limits {
    private static final int PAGE_BYTES = 4096;
    private static final String UPDATE = "update session set last_active_at = last_active_at + 1 where id = ?";

    private Limits() {}

    /** Committed updates of one session each, in the tables that the server used. */
    record Updates(String by, double perSecond) {}

    /** Times a second that a page can be appended to a file and forced to the disk. */
    static double syncsPerSecond(Path folder, Duration time) throws IOException {
        Path file = folder.resolve("syncs");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long begin = System.nanoTime();
            long end = begin + time.toNanos();
            int count = 0;
            for (; System.nanoTime() < end; count++) {
                channel.write(ByteBuffer.allocate(PAGE_BYTES));
                channel.force(false);
            }
            return count / ((System.nanoTime() - begin) / 1e9);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** One thread that commits as many at once as there are connections, with a full sync: the group commit of this disk. */
    static Updates sqliteUpdates(String jdbcUrl, long sessions, int group, Duration time) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            try (Statement pragma = connection.createStatement()) {
                pragma.execute("pragma synchronous = full");
            }
            connection.setAutoCommit(false);
            SplittableRandom random = new SplittableRandom();
            long begin = System.nanoTime();
            long count = 0;
            try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
                for (; System.nanoTime() - begin < time.toNanos(); count += group) {
                    for (int i = 0; i < group; i++) {
                        update.setString(1, sessionId(random.nextLong(sessions)));
                        update.executeUpdate();
                    }
                    connection.commit();
                }
            }
            return new Updates(
                    "one thread with " + group + " updates in each commit",
                    count / ((System.nanoTime() - begin) / 1e9));
        }
    }

    /** By pgbench; where it is not installed, by as many threads over JDBC, which is said. */
    static Updates postgresUpdates(Path folder, String jdbcUrl, long sessions, int connections, Duration time)
            throws IOException, InterruptedException, ExecutionException {
        Optional<Double> pgbench = pgbench(folder, jdbcUrl, sessions, connections, time);
        return pgbench.isPresent()
                ? new Updates("pgbench over " + connections + " connections", pgbench.get())
                : new Updates(
                        "a loop over " + connections + " JDBC connections (pgbench is not here)",
                        overJdbc(jdbcUrl, sessions, connections, time));
    }

    private static Optional<Double> pgbench(Path folder, String jdbcUrl, long sessions, int connections, Duration time)
            throws IOException, InterruptedException {
        URI url = URI.create(jdbcUrl.substring("jdbc:".length()));
        Path script = folder.resolve("update.sql");
        Files.writeString(
                script,
                "\\set n random(0, " + (sessions - 1) + ")\n"
                        + UPDATE.replace("?", "'sess_' || right('" + "0".repeat(27) + "' || :n, 27)") + ";\n");
        List<String> command = List.of(("pgbench -n -M prepared -U usher -j 2 -h " + url.getHost() + " -p "
                        + url.getPort() + " -c " + connections + " -T " + time.toSeconds() + " -f " + script + " "
                        + url.getPath().substring(1))
                .split(" ", -1));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) System.err.println(out);
            return out.lines()
                    .filter(line -> line.startsWith("tps = "))
                    .map(line -> Double.parseDouble(line.split(" ", 4)[2]))
                    .findFirst();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private static double overJdbc(String jdbcUrl, long sessions, int connections, Duration time)
            throws InterruptedException, ExecutionException {
        long count = 0;
        try (var threads = Executors.newFixedThreadPool(connections)) {
            List<Callable<Long>> tasks = new ArrayList<>();
            for (int i = 0; i < connections; i++) tasks.add(() -> updates(jdbcUrl, sessions, time));
            for (Future<Long> done : threads.invokeAll(tasks)) count += done.get();
        }
        return count / (time.toNanos() / 1e9);
    }

    private static long updates(String jdbcUrl, long sessions, Duration time) throws SQLException {
        SplittableRandom random = new SplittableRandom();
        long count = 0;
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; count++) {
                update.setString(1, sessionId(random.nextLong(sessions)));
                update.executeUpdate();
            }
        }
        return count;
    }

    private static String sessionId(long number) {
        return "sess_%027d".formatted(number);
    }
}
