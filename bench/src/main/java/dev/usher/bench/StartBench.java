package dev.usher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Time from the command to the first answer, on new data and again, with the ahead-of-time cache and without; memory at rest. */
final class StartBench {
    private static final int ROUNDS = 7;
    private static final String WITHOUT_CACHE = "-XX:AOTMode=off";
    private static final int REST_SECONDS = 10;

    private StartBench() {}

    private record Start(long freshMillis, long againMillis, double restMiB) {}

    static Report run() throws Exception {
        Path folder = Files.createTempDirectory("usher-bench");
        try {
            once(folder, "");
            List<Start> cached = new ArrayList<>();
            List<Start> bare = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                cached.add(once(folder, ""));
                bare.add(once(folder, WITHOUT_CACHE));
            }
            return report(cached, bare);
        } finally {
            ServerUnderTest.delete(folder);
        }
    }

    private static Start once(Path folder, String javaOptions) throws IOException, InterruptedException {
        ServerUnderTest.delete(folder.resolve("data"));
        long fresh;
        ServerUnderTest first = ServerUnderTest.start(folder, javaOptions);
        fresh = first.untilFirstAnswer().toMillis();
        first.stop();
        try (ServerUnderTest again = ServerUnderTest.start(folder, javaOptions)) {
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            return new Start(
                    fresh,
                    again.untilFirstAnswer().toMillis(),
                    Machine.residentMiB(again.pid()).orElse(0.0));
        }
    }

    private static Report report(List<Start> cached, List<Start> bare) {
        StringBuilder text = new StringBuilder("""
                # Start-up and memory at rest, development instance on SQLite

                From the command `./usher dev` (launcher included) to the first 200 of `/v1/health`; "new data" creates the database and
                the RSA key, "again" finds them. Memory is resident %d s after the start, nobody calling. Rounds in turn, medians with
                minimum and maximum.

                | variant | new data ms | again ms | at rest MiB |
                | --- | --- | --- | --- |
                """.formatted(REST_SECONDS));
        text.append(row("with the ahead-of-time cache", cached));
        text.append(row("without it", bare));
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        put(figures.putObject("cached"), cached);
        put(figures.putObject("uncached"), bare);
        return new Report(text.toString(), figures);
    }

    private static void put(ObjectNode figures, List<Start> starts) {
        figures.put("fresh_ms", middle(starts, Start::freshMillis))
                .put("again_ms", middle(starts, Start::againMillis))
                .put("rest_mib", middle(starts, Start::restMiB));
    }

    private static long middle(List<Start> starts, ToDoubleFunction<Start> figure) {
        return Math.round(Round.middle(starts.stream().mapToDouble(figure).toArray()));
    }

    private static String row(String name, List<Start> starts) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s |%n",
                name,
                spread(starts.stream().mapToDouble(Start::freshMillis).sorted().toArray()),
                spread(starts.stream().mapToDouble(Start::againMillis).sorted().toArray()),
                spread(starts.stream().mapToDouble(Start::restMiB).sorted().toArray()));
    }

    private static String spread(double[] sorted) {
        return String.format(
                Locale.ROOT, "%.0f [%.0f..%.0f]", sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }
}
