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

/** Mints per second and CPU per mint on SQLite, against the bare signature in the same minute. */
final class MintBench {
    private static final int PEOPLE = 100;
    private static final int CONNECTIONS = 64;
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration ROUND = Duration.ofSeconds(8);

    private MintBench() {}

    private record Round(
            double perSecond, double cpuMicros, double bareMicros, double p50, double p99, double openssl) {
        double ratio() {
            return cpuMicros / bareMicros;
        }
    }

    static String run() throws Exception {
        Path folder = Files.createTempDirectory("usher-bench");
        try (ServerUnderTest server = ServerUnderTest.start(folder, "");
                HttpClient http = HttpClient.newHttpClient()) {
            List<ServerUnderTest.SignedIn> people = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) people.add(server.signUp(http, i));
            String authority = URI.create(server.url()).getAuthority();
            var all = new Operation.People(people, 0);
            Load load = new Load(server.url(), CONNECTIONS, number -> Operation.MINT.request(authority, all, number));
            load.closed(WARM_UP);
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) rounds.add(round(server, load));
            return report(rounds);
        } finally {
            ServerUnderTest.delete(folder);
        }
    }

    private static Round round(ServerUnderTest server, Load load) throws Exception {
        double bareBefore = BareSignature.cpuMicros(Duration.ofSeconds(3));
        Duration before = server.cpu();
        Load.Result result = load.closed(ROUND);
        double cpu = server.cpu().minus(before).toNanos() / 1000.0 / result.answers();
        double bareAfter = BareSignature.cpuMicros(Duration.ofSeconds(3));
        return new Round(
                result.perSecond(),
                cpu,
                (bareBefore + bareAfter) / 2,
                result.percentileMillis(50),
                result.percentileMillis(99),
                Machine.opensslSignsPerSecond().orElse(0.0));
    }

    private static String report(List<Round> rounds) {
        StringBuilder text = new StringBuilder("""
                # Minting session tokens, SQLite, one node

                `POST /v1/client/sessions/{id}/tokens` with a browser's headers and cookie, %d sessions, %d keep-alive connections,
                load on the same machine. CPU is that of the whole server process, divided by the answers. The bare signature is one
                RS256 signature by AWS-LC (Amazon Corretto Crypto Provider) of 700 bytes in one thread, measured before and after each
                round; openssl is `openssl speed rsa2048`, per CPU second.

                | round | mints/s | server CPU µs per mint | bare AWS-LC CPU µs | ratio | p50 ms | p99 ms | openssl signs/s |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                """.formatted(PEOPLE, CONNECTIONS));
        for (int i = 0; i < rounds.size(); i++) {
            Round round = rounds.get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "| %d | %.0f | %.0f | %.0f | %.2f | %.1f | %.1f | %.0f |%n",
                    i + 1,
                    round.perSecond(),
                    round.cpuMicros(),
                    round.bareMicros(),
                    round.ratio(),
                    round.p50(),
                    round.p99(),
                    round.openssl()));
        }
        double[] ratios = rounds.stream().mapToDouble(Round::ratio).sorted().toArray();
        return text
                + String.format(
                        Locale.ROOT,
                        "%nMedian ratio %.2f, from %s.%n",
                        ratios[ratios.length / 2],
                        Arrays.toString(rounded(ratios)));
    }

    private static String[] rounded(double[] values) {
        return Arrays.stream(values)
                .mapToObj(value -> String.format(Locale.ROOT, "%.2f", value))
                .toArray(String[]::new);
    }
}
