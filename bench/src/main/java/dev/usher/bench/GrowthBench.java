package dev.usher.bench;

import dev.usher.bench.ServerUnderTest.SignedIn;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Mints for sessions taken at random out of more and more of them, and the room that they take on the disk. */
final class GrowthBench {
    private static final List<Long> SESSIONS = List.of(10_000L, 100_000L, 1_000_000L, 10_000_000L);
    private static final int CONNECTIONS = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration ROUND = Duration.ofSeconds(8);

    private GrowthBench() {}

    private record Row(long sessions, double perSecond, double ratio, double p99, double bytesEach) {}

    /** On SQLite. */
    static String run() throws Exception {
        Path folder = Files.createTempDirectory("usher-bench");
        try (StoreUnderTest.Sqlite store = StoreUnderTest.sqlite(folder)) {
            SignedIn origin = origin(folder);
            long empty = store.bytes();
            List<Row> rows = new ArrayList<>();
            long made = 0;
            for (long sessions : SESSIONS) {
                System.err.println(sessions + " sessions");
                new Seed(store.jdbcUrl()).grow(origin, made, sessions);
                made = sessions;
                rows.add(row(folder, origin, sessions, (double) (store.bytes() - empty) / sessions));
            }
            return report(rows);
        } finally {
            ServerUnderTest.delete(folder);
        }
    }

    private static SignedIn origin(Path folder) throws Exception {
        ServerUnderTest server = ServerUnderTest.start(folder, "");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return server.signUp(http, 0);
        } finally {
            server.stop();
        }
    }

    private static Row row(Path folder, SignedIn origin, long sessions, double bytesEach) throws Exception {
        ServerUnderTest server = ServerUnderTest.start(folder, "");
        try {
            String authority = URI.create(server.url()).getAuthority();
            ThreadLocal<SplittableRandom> random = ThreadLocal.withInitial(SplittableRandom::new);
            Load load = new Load(server.url(), CONNECTIONS, number -> {
                SignedIn person = Seed.session(origin, random.get().nextLong(sessions));
                return Operation.MINT.request(authority, new Operation.People(List.of(person), 0), 0);
            });
            load.closed(WARM_UP);
            double bare = BareSignature.cpuMicros(Duration.ofSeconds(3));
            Duration before = server.cpu();
            Load.Result result = load.closed(ROUND);
            double micros = server.cpu().minus(before).toNanos() / 1000.0 / result.answers();
            double p99 = load.open(ROUND, result.perSecond() * 0.7).percentileMillis(99);
            return new Row(sessions, result.perSecond(), micros / bare, p99, bytesEach);
        } finally {
            server.stop();
        }
    }

    private static String report(List<Row> rows) {
        StringBuilder text = new StringBuilder("""
                # Growth, SQLite

                Mints for sessions taken at random, %d connections; each session has a user and a client of its own. Bytes are those of
                the database file, all indexes among them, less an empty one.

                | sessions | mints/s | server CPU, times a bare signature | p99 ms at 70 %% | bytes for a user, a client and a session |
                | --- | --- | --- | --- | --- |
                """.formatted(CONNECTIONS));
        for (Row row : rows)
            text.append(String.format(
                    Locale.ROOT,
                    "| %,d | %.0f | %.2f | %.1f | %.0f |%n",
                    row.sessions(),
                    row.perSecond(),
                    row.ratio(),
                    row.p99(),
                    row.bytesEach()));
        double[] rates = rows.stream().mapToDouble(Row::perSecond).sorted().toArray();
        return text
                + String.format(
                        Locale.ROOT,
                        "%nThe slowest is %.0f %% of the fastest.%n",
                        100 * rates[0] / rates[rates.length - 1]);
    }
}
