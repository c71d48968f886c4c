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
import java.util.stream.LongStream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Mints and touches for sessions taken at random out of more and more of them, and the room that they take on the disk. */
final class GrowthBench {
    private static final long FEWEST = 10_000;
    private static final long USUALLY_MOST = 1_000_000;
    private static final int CONNECTIONS = 64;
    private static final int ROUNDS = 3;
    private static final int WARM_UP = 60_000;
    private static final int TOUCH_WARM_UP = 15_000;
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(40);
    private static final Duration ROUND = Duration.ofSeconds(4);
    private static final Duration CALM_ROUND = Duration.ofSeconds(6);

    private GrowthBench() {}

    /** How many sessions {@code --to} asks for, such as {@code 10M}; it is taken out of the arguments. */
    static long most(List<String> arguments) {
        int at = arguments.indexOf("--to");
        if (at < 0) return USUALLY_MOST;
        arguments.remove(at);
        String text = arguments.remove(at);
        return Long.parseLong(text.replace("k", "000").replace("M", "000000"));
    }

    private record Row(
            long sessions, double bareMicros, List<Round> mints, double calmP99, List<Round> touches, long bytes) {
        double bytesEach() {
            return (double) bytes / sessions;
        }

        double ratio() {
            return Round.median(mints, Round::serverMicros) / bareMicros;
        }

        ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("sessions", sessions)
                    .put("mints_per_second", Math.round(Round.median(mints, Round::perSecond)))
                    .put("ratio", Round.rounded(ratio()))
                    .put("server_cpu_micros", Round.rounded(Round.median(mints, Round::serverMicros)))
                    .put("calm_p99_ms", calmP99)
                    .put("touches_per_second", Math.round(Round.median(touches, Round::perSecond)))
                    .put("bytes_each", Math.round(bytesEach()));
        }
    }

    /** On SQLite, ten times as many each time. */
    static Report run(long most) throws Exception {
        Path folder = Files.createTempDirectory("usher-bench");
        try (StoreUnderTest.Sqlite store = StoreUnderTest.sqlite(folder)) {
            SignedIn origin = origin(folder);
            long empty = store.bytes();
            List<Row> rows = new ArrayList<>();
            long made = 0;
            for (long sessions :
                    LongStream.iterate(FEWEST, n -> n <= most, n -> n * 10).toArray()) {
                System.err.println(sessions + " sessions");
                new Seed(store.jdbcUrl()).grow(origin, made, sessions);
                made = sessions;
                rows.add(row(folder, store, origin, sessions, store.bytes() - empty));
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

    private static Row row(Path folder, StoreUnderTest store, SignedIn origin, long sessions, long bytes)
            throws Exception {
        ServerUnderTest server = ServerUnderTest.start(folder, "");
        try {
            Load mints = load(server, Operation.MINT, origin, sessions);
            Load touches = load(server, Operation.TOUCH, origin, sessions);
            Round.warmUp(mints, WARM_UP, LONGEST_WARM_UP);
            double bare = BareSignature.cpuMicros(Duration.ofSeconds(2));
            List<Round> minted = rounds(server, store, mints);
            double calm = mints.open(CALM_ROUND, Round.median(minted, Round::perSecond) * 0.7)
                    .percentileMillis(99);
            Round.warmUp(touches, TOUCH_WARM_UP, LONGEST_WARM_UP.dividedBy(2));
            return new Row(sessions, bare, minted, calm, rounds(server, store, touches), bytes);
        } finally {
            server.stop();
        }
    }

    private static Load load(ServerUnderTest server, Operation operation, SignedIn origin, long sessions) {
        String authority = URI.create(server.url()).getAuthority();
        ThreadLocal<SplittableRandom> random = ThreadLocal.withInitial(SplittableRandom::new);
        return new Load(server.url(), CONNECTIONS, number -> {
            SignedIn person = Seed.session(origin, random.get().nextLong(sessions));
            return operation.request(authority, new Operation.People(List.of(person), 0, ""), 0);
        });
    }

    private static List<Round> rounds(ServerUnderTest server, StoreUnderTest store, Load load) throws Exception {
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) rounds.add(Round.closed(server, store, load, ROUND));
        return rounds;
    }

    private static Report report(List<Row> rows) {
        StringBuilder text = new StringBuilder("""
                # Growth, SQLite

                Mints and touches for sessions taken at random, %d connections, medians of %d rounds; each session has a user and a
                client of its own. Bytes are those of the database file, all indexes among them, less an empty one.

                | sessions | mints/s | server CPU of a mint, times a bare signature | p99 ms at 70 %% | touches/s | bytes for a user, a client and a session |
                | --- | --- | --- | --- | --- | --- |
                """.formatted(CONNECTIONS, ROUNDS));
        for (Row row : rows)
            text.append(String.format(
                    Locale.ROOT,
                    "| %,d | %.0f | %.2f | %.1f | %.0f | %.0f |%n",
                    row.sessions(),
                    Round.median(row.mints(), Round::perSecond),
                    row.ratio(),
                    row.calmP99(),
                    Round.median(row.touches(), Round::perSecond),
                    row.bytesEach()));
        double[] rates = rows.stream()
                .mapToDouble(row -> Round.median(row.mints(), Round::perSecond))
                .sorted()
                .toArray();
        text.append(String.format(
                Locale.ROOT,
                "%nThe slowest minting is %.0f %% of the fastest.%n",
                100 * rates[0] / rates[rates.length - 1]));
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        var sizes = figures.putArray("sizes");
        rows.forEach(row -> sizes.add(row.json()));
        return new Report(text.toString(), figures);
    }
}
