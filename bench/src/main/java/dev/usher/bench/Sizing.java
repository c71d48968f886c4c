package dev.usher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What machine a number of signed-in people needs, computed from what was measured. */
final class Sizing {
    private static final Path RUNBOOK = Path.of("docs", "runbook.md");
    private static final String BEGIN = "<!-- sizing: made by ./usher bench page -->\n";
    private static final String END = "<!-- sizing ends -->";
    private static final long[] PEOPLE = {1_000, 10_000, 50_000, 100_000, 250_000, 1_000_000};
    /** A page in front of somebody fetches a token for each minute, some seconds before the last one ends. */
    private static final double SECONDS_BETWEEN_MINTS = 50;

    private static final double BUSY = 0.7;

    private Sizing() {}

    static void write(Results results) throws IOException {
        Optional<Results.Result> mint = results.of("mint");
        Optional<Results.Result> growth = results.of("growth");
        if (mint.isEmpty() || growth.isEmpty()) return;
        String page = Files.readString(RUNBOOK);
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) throw new IllegalStateException(RUNBOOK + " has no place for the sizing table");
        Files.writeString(
                RUNBOOK,
                page.substring(0, begin + BEGIN.length())
                        + table(mint.get().figures(), growth.get().figures().get("sizes"))
                        + page.substring(end));
    }

    private static String table(JsonNode mint, JsonNode sizes) {
        double sqlite = micros(mint.get("sqlite"), "server_cpu_micros");
        double server = micros(mint.get("postgres"), "server_cpu_micros");
        double database = micros(mint.get("postgres"), "database_cpu_micros");
        double bytes = sizes.get(sizes.size() - 1).get("bytes_each").asDouble();
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, """

                | People with an open page | Mints a second | Cores, SQLite | Cores, PostgreSQL: Usher | and its database | Disk, SQLite |
                | --- | --- | --- | --- | --- | --- |
                """));
        for (long people : PEOPLE) {
            double mints = people / SECONDS_BETWEEN_MINTS;
            text.append(String.format(
                    Locale.ROOT,
                    "| %,d | %,.0f | %s | %s | %s | %s |%n",
                    people,
                    mints,
                    cores(mints * sqlite),
                    cores(mints * server),
                    cores(mints * database),
                    size(people * bytes)));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "%nA page in front of somebody asks for a token every %.0f s. A mint takes %.0f µs of a core on SQLite, %.0f on "
                                + "PostgreSQL and %.0f there; cores are to be busy to %.0f %%. A user, a client and a session take %.0f "
                                + "bytes. Where the figures come from stands in [performance](performance.md).%n%n",
                        SECONDS_BETWEEN_MINTS,
                        sqlite,
                        server,
                        database,
                        BUSY * 100,
                        bytes))
                .toString();
    }

    private static double micros(JsonNode figures, String name) {
        return figures.get(name).asDouble();
    }

    private static String cores(double microsPerSecond) {
        return String.format(Locale.ROOT, "%.1f", Math.ceil(microsPerSecond / 1e6 / BUSY * 10) / 10);
    }

    private static String size(double bytes) {
        return bytes < 1e9
                ? String.format(Locale.ROOT, "%.0f MB", Math.max(1, bytes / 1e6))
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
