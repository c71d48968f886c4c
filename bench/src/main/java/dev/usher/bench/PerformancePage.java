package dev.usher.bench;

import dev.usher.bench.Results.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Makes {@code docs/performance.md}, its plots and the sizing table of the runbook, all of them from result files alone. */
final class PerformancePage {
    private static final Path PAGE = Path.of("docs", "performance.md");
    private static final Path IMAGES = Path.of("docs", "images");
    private static final List<String> STORES = List.of("sqlite", "postgres");

    private final Results results;

    private PerformancePage(Results results) {
        this.results = results;
    }

    static void write() throws IOException {
        Results results = new Results();
        PerformancePage page = new PerformancePage(results);
        Files.writeString(PAGE, page.text());
        Sizing.write(results);
        System.out.println("written: " + PAGE + ", its plots and the sizing table");
    }

    private String text() throws IOException {
        StringBuilder text = new StringBuilder("""
                # Performance

                Made by `./usher bench page` from the newest files in [bench/results](../bench/results), not by hand. To
                measure your own machine: `./usher bench`, half an hour. Server and load share the machine, so rates are lower
                than a server alone would have. CPU for each answer does not depend on that, and is what to compare.

                """);
        text.append(results.of("mint").isPresent() ? mint(results.of("mint").get()) : "");
        text.append(
                results.of("operations").isPresent()
                        ? operations(results.of("operations").get())
                        : "");
        text.append(
                results.of("growth").isPresent() ? growth(results.of("growth").get()) : "");
        text.append(results.of("start").isPresent() ? start(results.of("start").get()) : "");
        text.append(results.of("parts").isPresent() ? parts(results.of("parts").get()) : "");
        text.append(
                results.of("import").isPresent() ? imports(results.of("import").get()) : "");
        return text.toString().stripTrailing() + "\n";
    }

    private static String name(String store) {
        return store.equals("sqlite") ? "SQLite" : "PostgreSQL";
    }

    private static String mint(Result result) throws IOException {
        BarChart chart = new BarChart("CPU for one session token, µs", "Usher", "the database", "bare signature");
        chart.bar("RS256 by AWS-LC alone", 2, number(result.figures().get("sqlite"), "bare_micros"), "%.0f");
        StringBuilder rows = new StringBuilder();
        for (String store : STORES) {
            JsonNode figures = result.figures().get(store);
            chart.bar("Usher, " + name(store), 0, number(figures, "server_cpu_micros"), "%.0f");
            if (!store.equals("sqlite"))
                chart.bar("its database, " + name(store), 1, number(figures, "database_cpu_micros"), "%.0f");
            rows.append(format(
                    "| %s | %.0f | %.0f | %.2f | %.0f | %.0f |%n",
                    name(store),
                    number(figures, "per_second"),
                    number(figures, "server_cpu_micros"),
                    number(figures, "ratio"),
                    number(figures, "database_cpu_micros"),
                    number(figures, "peak_mib")));
        }
        return """
                ## Minting a session token

                Every signed-in page does this about once a minute. A token is one RSA-2048 signature; the ratio says how much
                everything around it costs: HTTP, who calls, the session read from the database, claims, the answer.

                ![CPU for one session token](images/performance-mint.svg)

                | Store | Mints a second | Server CPU, µs | Times a bare signature | Database CPU, µs | Peak memory, MiB |
                | --- | --- | --- | --- | --- | --- |
                """ + rows + measured(result, "mint", chart);
    }

    private static String operations(Result result) throws IOException {
        BarChart chart =
                new BarChart("Answers a second, 64 connections", "SQLite", "PostgreSQL", "the limit without Usher");
        StringBuilder rows = new StringBuilder();
        for (String store : STORES) {
            JsonNode figures = result.figures().get(store);
            for (JsonNode row : figures.get("operations")) {
                String words = row.get("words").asString();
                chart.bar(words, STORES.indexOf(store), number(row, "per_second"), "%,.0f");
                rows.append(format(
                        "| %s | %s | %,.0f | %.0f | %.2f | %.0f | %.1f | %.1f | %.1f |%n",
                        name(store),
                        words,
                        number(row, "per_second"),
                        number(row, "server_cpu_micros"),
                        number(row, "server_cpu_micros") / number(row, "bare_micros"),
                        number(row, "database_cpu_micros"),
                        number(row, "p50_ms"),
                        number(row, "p99_ms"),
                        number(row, "calm_p99_ms")));
            }
            chart.bar("updates alone, " + name(store), 2, number(figures, "limit_updates_per_second"), "%,.0f");
            rows.append(format(
                    "| %s | *%s* | %,.0f | | | | | | |%n",
                    name(store),
                    "updates of a session by " + figures.get("limit_by").asString(),
                    number(figures, "limit_updates_per_second")));
        }
        return """
                ## Every operation

                What is acknowledged is on the disk, on both stores. "At 70 %" is an open loop at that part of the full rate, with
                delays from the instant that a request was due.

                ![Answers a second](images/performance-operations.svg)

                | Store | Operation | A second | Server CPU, µs | Times a bare signature | Database CPU, µs | p50 ms | p99 ms | p99 ms at 70 % |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                """ + rows + measured(result, "operations", chart);
    }

    private static String growth(Result result) throws IOException {
        BarChart chart = new BarChart("A second, by the number of sessions", "mints", "touches");
        StringBuilder rows = new StringBuilder();
        for (JsonNode row : result.figures().get("sizes")) {
            String sessions = format("%,d sessions", row.get("sessions").asLong());
            chart.bar(sessions, 0, number(row, "mints_per_second"), "%,.0f");
            chart.bar("", 1, number(row, "touches_per_second"), "%,.0f");
            rows.append(format(
                    "| %,d | %,.0f | %.2f | %.1f | %,.0f | %.0f |%n",
                    row.get("sessions").asLong(),
                    number(row, "mints_per_second"),
                    number(row, "ratio"),
                    number(row, "calm_p99_ms"),
                    number(row, "touches_per_second"),
                    number(row, "bytes_each")));
        }
        return """
                ## Growth, SQLite

                Each session has a user and a client of its own, and is taken at random. Bytes are those of the whole database
                file, indexes included.

                ![By the number of sessions](images/performance-growth.svg)

                | Sessions | Mints a second | CPU of a mint, times a bare signature | p99 ms at 70 % | Touches a second | Bytes each |
                | --- | --- | --- | --- | --- | --- |
                """ + rows + measured(result, "growth", chart);
    }

    private static String start(Result result) throws IOException {
        BarChart chart =
                new BarChart("From the command to the first answer, ms", "with the ahead-of-time cache", "without it");
        StringBuilder rows = new StringBuilder();
        List<String> variants = List.of("cached", "uncached");
        for (String variant : variants) {
            JsonNode figures = result.figures().get(variant);
            String words = variant.equals("cached") ? "with the ahead-of-time cache" : "without it";
            chart.bar("again", variants.indexOf(variant), number(figures, "again_ms"), "%.0f");
            chart.bar("with new data", variants.indexOf(variant), number(figures, "fresh_ms"), "%.0f");
            rows.append(format(
                    "| %s | %.0f | %.0f | %.0f |%n",
                    words, number(figures, "again_ms"), number(figures, "fresh_ms"), number(figures, "rest_mib")));
        }
        return """
                ## Start and memory

                ![Time to start](images/performance-start.svg)

                | Variant | Again, ms | With new data, ms | Resident at rest, MiB |
                | --- | --- | --- | --- |
                """ + rows + measured(result, "start", chart);
    }

    private static String parts(Result result) {
        StringBuilder rows = new StringBuilder();
        for (JsonNode part : result.figures().get("parts"))
            rows.append(format(
                    "| %s | %.2f | ± %.2f |%n",
                    part.get("words").asString(), number(part, "micros"), number(part, "error_micros")));
        return """
                ## The parts of a mint

                By JMH, one thread, nothing else running; µs each with the error at 99.9 %.

                | Part | µs | |
                | --- | --- | --- |
                """ + rows + "\nMeasured " + result.where() + ".\n\n";
    }

    private static String imports(Result result) {
        JsonNode figures = result.figures();
        return "## Import\n\n"
                + format(
                        "%,d users with bcrypt hashes: %,.0f a second, at most %.0f MiB resident.%n",
                        figures.get("users").asInt(), number(figures, "users_per_second"), number(figures, "peak_mib"))
                + "\nMeasured " + result.where() + ".\n";
    }

    private static String measured(Result result, String image, BarChart chart) throws IOException {
        Files.createDirectories(IMAGES);
        Files.writeString(IMAGES.resolve("performance-" + image + ".svg"), chart.svg());
        return "\nMeasured " + result.where() + ".\n\n";
    }

    private static double number(JsonNode figures, String name) {
        return figures.get(name).asDouble();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
