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
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Each operation on each store: answers a second, CPU beside the bare signature, delays at full load and at 70 % of it. */
final class OperationsBench {
    private static final int PEOPLE = 100;
    private static final long SEEDED = 400_000;
    private static final int CONNECTIONS = Operation.MINT.connections();
    private static final int ROUNDS = 3;
    private static final double CALM = 0.7;
    private static final int FIRST_WARM_UP = 60_000;
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(40);
    private static final int WARM_UP = 15_000;
    private static final Duration WARM_UP_TIME = Duration.ofSeconds(10);
    private static final Duration ROUND = Duration.ofSeconds(4);
    private static final Duration CALM_ROUND = Duration.ofSeconds(6);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final StoreUnderTest store;
    private final Path folder;

    private OperationsBench(StoreUnderTest store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    private record Row(Operation operation, double bareMicros, List<Round> rounds, Load.Result calm) {
        double perSecond() {
            return Round.median(rounds, Round::perSecond);
        }

        double serverMicros() {
            return Round.median(rounds, Round::serverMicros);
        }

        double databaseMicros() {
            return Round.median(rounds, Round::databaseMicros);
        }

        double percentile(double percent) {
            return Round.median(rounds, round -> round.load().percentileMillis(percent));
        }

        ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("operation", operation.name().toLowerCase(Locale.ROOT))
                    .put("words", operation.words())
                    .put("per_second", Math.round(perSecond()))
                    .put("server_cpu_micros", Round.rounded(serverMicros()))
                    .put("database_cpu_micros", Round.rounded(databaseMicros()))
                    .put("bare_micros", Round.rounded(bareMicros))
                    .put("p50_ms", percentile(50))
                    .put("p99_ms", percentile(99))
                    .put("calm_p99_ms", calm.percentileMillis(99));
        }
    }

    static Report run() throws Exception {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, """
                # Every operation, on each store, one node

                %d keep-alive connections, %d for sign-ins, with a browser's headers and cookie, the load on the same machine; %d people, and %,d sessions
                to be closed, each once. Full load is closed-loop, medians of %d rounds; "at 70 %%" is an open loop at that part of the
                median rate, delays counted from the instant that a request was due. CPU is that of all threads of the server, and of
                all processes of the database, divided by the answers. The bare signature is one RS256 signature by AWS-LC, measured
                before each operation. Both stores keep what they acknowledge when the machine fails.

                """, CONNECTIONS, Operation.SIGN_IN.connections(), PEOPLE, SEEDED, ROUNDS));
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        Path folder = Files.createTempDirectory("usher-bench");
        try (StoreUnderTest sqlite = StoreUnderTest.sqlite(folder)) {
            text.append(new OperationsBench(sqlite, folder).measured(figures.putObject("sqlite")));
        }
        ServerUnderTest.delete(folder.resolve("data"));
        try (StoreUnderTest postgres = StoreUnderTest.postgres()) {
            text.append(new OperationsBench(postgres, folder).measured(figures.putObject("postgres")));
        } finally {
            ServerUnderTest.delete(folder);
        }
        return new Report(text.toString(), figures);
    }

    private String measured(ObjectNode figures) throws Exception {
        List<SignedIn> people = people();
        new Seed(store.jdbcUrl()).grow(people.getFirst(), 0, SEEDED);
        List<Row> rows = new ArrayList<>();
        ServerUnderTest server = ServerUnderTest.start(folder, store.variables());
        try {
            var all = new Operation.People(people, SEEDED, server.secretKey());
            Round.warmUp(load(server, Operation.MINT, all), FIRST_WARM_UP, LONGEST_WARM_UP);
            for (Operation operation : Operation.values()) rows.add(row(server, operation, all));
        } finally {
            server.stop();
        }
        var operations = figures.putArray("operations");
        rows.forEach(row -> operations.add(row.json()));
        return report(rows) + limits(figures);
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
        return new Load(server.url(), operation.connections(), number -> operation.request(authority, people, number));
    }

    private Row row(ServerUnderTest server, Operation operation, Operation.People people) throws Exception {
        System.err.println(store.name() + ": " + operation.words());
        double bare = BareSignature.cpuMicros(Duration.ofSeconds(2));
        Load load = load(server, operation, people);
        Round.warmUp(load, WARM_UP, operation == Operation.SIGN_IN ? ROUND : WARM_UP_TIME);
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Round round = Round.closed(server, store, load, ROUND);
            // No sessions are left to be closed.
            if (round.load().answers() == 0 && !rounds.isEmpty()) break;
            rounds.add(round);
        }
        double calm = Round.median(rounds, Round::perSecond) * CALM;
        return new Row(operation, bare, rounds, load.open(CALM_ROUND, calm));
    }

    private String report(List<Row> rows) {
        StringBuilder text = new StringBuilder("""
                ## %s

                | operation | a second | server CPU µs | times a bare signature | database CPU µs | p50 ms | p99 ms | p99 ms at 70 %% |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                """.formatted(store.name()));
        for (Row row : rows)
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.2f | %.0f | %.1f | %.1f | %s |%n",
                    row.operation().words(),
                    row.perSecond(),
                    row.serverMicros(),
                    row.serverMicros() / row.bareMicros(),
                    row.databaseMicros(),
                    row.percentile(50),
                    row.percentile(99),
                    row.calm().answers() == 0
                            ? "-"
                            : String.format(Locale.ROOT, "%.1f", row.calm().percentileMillis(99))));
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
    private String limits(ObjectNode figures) throws Exception {
        double syncs = Limits.syncsPerSecond(folder, LIMIT);
        figures.put("disk_syncs_per_second", Math.round(syncs));
        String text = String.format(Locale.ROOT, "%nThe disk forces %.0f pages a second, one after another.", syncs);
        Limits.Updates updates = store instanceof StoreUnderTest.Postgres
                ? Limits.postgresUpdates(folder, store.jdbcUrl(), SEEDED, CONNECTIONS, LIMIT)
                : Limits.sqliteUpdates(store.jdbcUrl(), SEEDED, CONNECTIONS, LIMIT);
        figures.put("limit_updates_per_second", Math.round(updates.perSecond())).put("limit_by", updates.by());
        return text
                + String.format(
                        Locale.ROOT,
                        " In the same tables %s commits %.0f updates of a session a second.%n%n",
                        updates.by(),
                        updates.perSecond());
    }
}
