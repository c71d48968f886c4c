package dev.usher.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The parts of a mint by JMH, each alone in one thread. */
final class PartsBench {
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("signature", "RS256 signature of 700 bytes");
        WORDS.put("read", "session read from SQLite by its cookie, proof included");
        WORDS.put("assembly", "claims to a token, without the signature");
        WORDS.put("claims", "claims of a session");
        WORDS.put("form", "query of two fields parsed");
        WORDS.put("proof", "cookie parsed and its secret compared with the hash");
    }

    private PartsBench() {}

    static Report run() throws Exception {
        Options options = new OptionsBuilder()
                .include(Parts.class.getName() + ".*")
                .forks(1)
                .warmupIterations(4)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(6)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgs(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-Xmx512m")
                .build();
        return report(new Runner(options).run());
    }

    private static Report report(Collection<RunResult> runs) {
        Map<String, Result<?>> measured = new LinkedHashMap<>();
        for (RunResult run : runs) measured.put(run.getPrimaryResult().getLabel(), run.getPrimaryResult());
        StringBuilder text = new StringBuilder("""
                # The parts of a mint

                JMH, average time of one thread, one fork, 4 warm-ups and 6 measurements of a second; errors at 99.9 %.

                | part | µs | ± |
                | --- | --- | --- |
                """);
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        var parts = figures.putArray("parts");
        WORDS.forEach((name, words) -> {
            Result<?> result = measured.get(name);
            if (result == null) throw new IllegalStateException(name + " was not measured");
            double micros = result.getScore() / 1000;
            double error = result.getScoreError() / 1000;
            text.append(String.format(Locale.ROOT, "| %s | %.2f | %.2f |%n", words, micros, error));
            parts.addObject()
                    .put("part", name)
                    .put("words", words)
                    .put("micros", micros)
                    .put("error_micros", error);
        });
        return new Report(text.toString(), figures);
    }
}
