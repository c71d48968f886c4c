package dev.usher.bench;

import dev.usher.bench.ServerUnderTest.SignedIn;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Each operation on each store: answers a second, CPU beside the bare signature, delays at full load and at 70 % of it. */
final class OperationsBench {
    private static final int PEOPLE = 100;
    private static final long SEEDED = 400_000;
    private static final int CONNECTIONS = 64;
    private static final int ROUNDS = 3;
    private static final double CALM = 0.7;
    private static final Duration FIRST_WARM_UP = Duration.ofSeconds(20);
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Duration CALM_ROUND = Duration.ofSeconds(8);

    private final StoreUnderTest store;
    private final Path folder;

    private OperationsBench(StoreUnderTest store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    private record Round(Load.Result load, double serverMicros, double databaseMicros) {}

    private record Row(Operation operation, double bareMicros, List<Round> rounds, Load.Result calm) {
        double median(ToDoubleFunction<Round> figure) {
            double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
            return sorted[sorted.length / 2];
        }
    }

    static String run() throws Exception {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, """
                # Every operation, on each store, one node

                %d keep-alive connections with a browser's headers and cookie, the load on the same machine; %d people, and %,d sessions
                to be ended, each once. Full load is closed-loop, medians of %d rounds; "at 70 %%" is an open loop at that part of the
                median rate, delays counted from the instant that a request was due. CPU is that of all threads of the server, and of
                all processes of the database, divided by the answers. The bare signature is one RS256 signature by AWS-LC, measured
                before each operation. Both stores keep what they acknowledge when the machine fails.

                """, CONNECTIONS, PEOPLE, SEEDED, ROUNDS));
        Path folder = Files.createTempDirectory("usher-bench");
        try (StoreUnderTest sqlite = StoreUnderTest.sqlite(folder)) {
            text.append(new OperationsBench(sqlite, folder).measured());
        }
        ServerUnderTest.delete(folder.resolve("data"));
        try (StoreUnderTest postgres = StoreUnderTest.postgres()) {
            text.append(new OperationsBench(postgres, folder).measured());
        } finally {
            ServerUnderTest.delete(folder);
        }
        return text.toString();
    }

    private String measured() throws Exception {
        List<SignedIn> people = people();
        new Seed(store.jdbcUrl()).grow(people.getFirst(), 0, SEEDED);
        var all = new Operation.People(people, SEEDED);
        List<Row> rows = new ArrayList<>();
        ServerUnderTest server = ServerUnderTest.start(folder, store.variables());
        try {
            load(server, Operation.MINT, all).closed(FIRST_WARM_UP);
            for (Operation operation : Operation.values()) rows.add(row(server, operation, all));
        } finally {
            server.stop();
        }
        return report(rows) + limits();
    }

    private List<SignedIn> people() throws Exception {
        List<SignedIn> people = new ArrayList<>();
        ServerUnderTest server = ServerUnderTest.start(folder, store.variables());
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < PEOPLE; i++) people.add(server.signUp(http, i));
        } finally {
            server.stop();
        }
        return people;
    }

    private static Load load(ServerUnderTest server, Operation operation, Operation.People people) {
        String authority = URI.create(server.url()).getAuthority();
        return new Load(server.url(), CONNECTIONS, number -> operation.request(authority, people, number));
    }

    private Row row(ServerUnderTest server, Operation operation, Operation.People people) throws Exception {
        System.err.println(store.name() + ": " + operation.words());
        double bare = BareSignature.cpuMicros(Duration.ofSeconds(2));
        Load load = load(server, operation, people);
        load.closed(WARM_UP);
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Duration serverBefore = server.cpu();
            Duration databaseBefore = store.cpu();
            Load.Result result = load.closed(ROUND);
            rounds.add(new Round(
                    result,
                    server.cpu().minus(serverBefore).toNanos() / 1000.0 / result.answers(),
                    store.cpu().minus(databaseBefore).toNanos() / 1000.0 / result.answers()));
        }
        double[] rates = rounds.stream()
                .mapToDouble(round -> round.load().perSecond())
                .sorted()
                .toArray();
        return new Row(operation, bare, rounds, load.open(CALM_ROUND, rates[rates.length / 2] * CALM));
    }

    private String report(List<Row> rows) {
        StringBuilder text = new StringBuilder("""
                ## %s

                | operation | a second | server CPU µs | times a bare signature | database CPU µs | p50 ms | p99 ms | p99 ms at 70 %% |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                """.formatted(store.name()));
        for (Row row : rows) {
            double server = row.median(Round::serverMicros);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.2f | %.0f | %.1f | %.1f | %.1f |%n",
                    row.operation().words(),
                    row.median(round -> round.load().perSecond()),
                    server,
                    server / row.bareMicros(),
                    row.median(Round::databaseMicros),
                    row.median(round -> round.load().percentileMillis(50)),
                    row.median(round -> round.load().percentileMillis(99)),
                    row.calm().percentileMillis(99)));
        }
        double[] bare = rows.stream().mapToDouble(Row::bareMicros).sorted().toArray();
        long[] whole = Arrays.stream(bare).mapToLong(Math::round).toArray();
        return text
                + String.format(
                        Locale.ROOT,
                        "%nThe bare signature took %d µs, from %s.%n",
                        whole[whole.length / 2],
                        Arrays.toString(whole));
    }

    /** What can be had at most, on this disk and by this database. */
    private String limits() throws Exception {
        double syncs = Limits.syncsPerSecond(folder, ROUND);
        String text = String.format(Locale.ROOT, "%nThe disk forces %.0f pages a second, one after another.", syncs);
        if (store instanceof StoreUnderTest.Postgres)
            text += Limits.pgbenchUpdatesPerSecond(folder, store.jdbcUrl(), SEEDED, CONNECTIONS, ROUND)
                    .map(rate -> String.format(
                            Locale.ROOT,
                            " pgbench commits %.0f updates of a session a second over %d connections.",
                            rate,
                            CONNECTIONS))
                    .orElse(" pgbench is not here.");
        return text + "\n\n";
    }
}
