package dev.usher.bench;

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

/** Mints per second and CPU per mint on each store, against the bare signature in the same minute. */
final class MintBench {
    private static final int PEOPLE = 100;
    private static final int CONNECTIONS = 64;
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 120_000;
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(120);
    private static final Duration ROUND = Duration.ofSeconds(8);

    private MintBench() {}

    private record Pair(Round round, double bareMicros, double openssl) {
        double ratio() {
            return round.serverMicros() / bareMicros;
        }
    }

    static Report run() throws Exception {
        StringBuilder text = new StringBuilder("""
                # Minting session tokens, one node

                `POST /v1/client/sessions/{id}/tokens` with a browser's headers and cookie, %d sessions, %d keep-alive connections,
                load on the same machine. CPU is that of the whole server process, and of all processes of the database, divided by the
                answers. The bare signature is one RS256 signature by AWS-LC (Amazon Corretto Crypto Provider) of 700 bytes in one
                thread, measured before and after each round; openssl is `openssl speed rsa2048`, per CPU second. Peak memory is the
                most that the server's process had resident (VmHWM).

                """.formatted(PEOPLE, CONNECTIONS));
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        Path folder = Files.createTempDirectory("usher-bench");
        try (StoreUnderTest sqlite = StoreUnderTest.sqlite(folder)) {
            text.append(measured(sqlite, folder, figures.putObject("sqlite")));
        }
        try (StoreUnderTest postgres = StoreUnderTest.postgres()) {
            text.append('\n').append(measured(postgres, folder, figures.putObject("postgres")));
        } finally {
            ServerUnderTest.delete(folder);
        }
        return new Report(text.toString(), figures);
    }

    private static String measured(StoreUnderTest store, Path folder, ObjectNode figures) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.start(folder, store.variables());
                HttpClient http = HttpClient.newHttpClient()) {
            List<ServerUnderTest.SignedIn> people = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) people.add(server.signUp(http, i));
            String authority = URI.create(server.url()).getAuthority();
            var all = new Operation.People(people, 0, "");
            Load load = new Load(server.url(), CONNECTIONS, number -> Operation.MINT.request(authority, all, number));
            Round.warmUp(load, WARM_UP, LONGEST_WARM_UP);
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) pairs.add(pair(server, store, load));
            double peak = Machine.peakMiB(server.pid()).orElse(0.0);
            return report(store.name(), pairs, peak, figures);
        }
    }

    private static Pair pair(ServerUnderTest server, StoreUnderTest store, Load load) throws Exception {
        double bareBefore = BareSignature.cpuMicros(Duration.ofSeconds(3));
        Round round = Round.closed(server, store, load, ROUND);
        double bareAfter = BareSignature.cpuMicros(Duration.ofSeconds(3));
        return new Pair(
                round,
                (bareBefore + bareAfter) / 2,
                Machine.opensslSignsPerSecond().orElse(0.0));
    }

    private static String report(String name, List<Pair> pairs, double peakMiB, ObjectNode figures) {
        StringBuilder text = new StringBuilder("""
                ## %s

                | round | mints/s | server CPU µs | bare AWS-LC CPU µs | ratio | database CPU µs | p50 ms | p99 ms | openssl signs/s |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                """.formatted(name));
        for (int i = 0; i < pairs.size(); i++) text.append(row(i + 1, pairs.get(i)));
        double[] ratios = pairs.stream().mapToDouble(Pair::ratio).sorted().toArray();
        var rounds = figures.putArray("rounds");
        pairs.forEach(pair -> rounds.add(pair.round()
                .json()
                .put("bare_micros", Round.rounded(pair.bareMicros()))
                .put("ratio", Round.rounded(pair.ratio()))));
        List<Round> measured = pairs.stream().map(Pair::round).toList();
        figures.put("per_second", Round.rounded(Round.median(measured, Round::perSecond)))
                .put("server_cpu_micros", Round.rounded(Round.median(measured, Round::serverMicros)))
                .put("database_cpu_micros", Round.rounded(Round.median(measured, Round::databaseMicros)))
                .put(
                        "bare_micros",
                        Round.rounded(Round.middle(
                                pairs.stream().mapToDouble(Pair::bareMicros).toArray())))
                .put("ratio", Round.rounded(Round.middle(ratios)))
                .put("peak_mib", Math.round(peakMiB));
        return text
                + String.format(
                        Locale.ROOT,
                        "%nMedian ratio %.2f, from %s. Peak memory %.0f MiB.%n",
                        Round.middle(ratios),
                        Arrays.toString(rounded(ratios)),
                        peakMiB);
    }

    private static String row(int number, Pair pair) {
        Round round = pair.round();
        return String.format(
                Locale.ROOT,
                "| %d | %.0f | %.0f | %.0f | %.2f | %.0f | %.1f | %.1f | %.0f |%n",
                number,
                round.perSecond(),
                round.serverMicros(),
                pair.bareMicros(),
                pair.ratio(),
                round.databaseMicros(),
                round.load().percentileMillis(50),
                round.load().percentileMillis(99),
                pair.openssl());
    }

    private static String[] rounded(double[] values) {
        return Arrays.stream(values)
                .mapToObj(value -> String.format(Locale.ROOT, "%.2f", value))
                .toArray(String[]::new);
    }
}
