package dev.usher.checks.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A file of checks that Node runs, beside the published clients that they use. Each check there becomes a test here while it
 * runs; the last test is that the run came to its end.
 */
final class NodeChecks implements Iterator<DynamicTest>, AutoCloseable {
    private static final Path FOLDER = Path.of("clients").toAbsolutePath();
    private static final int LONGEST_RUN_SECONDS = 360;

    private final String file;
    private final Process process;
    private final BufferedReader lines;
    /** What the run printed besides its results: the only trace of one that broke. */
    private final List<String> printed = new ArrayList<>();

    private int passed;
    private int failed;
    private boolean over;

    private NodeChecks(String file, Map<String, String> environment) {
        this.file = file;
        this.process = start(file, environment);
        this.lines = process.inputReader();
        process.onExit().orTimeout(LONGEST_RUN_SECONDS, TimeUnit.SECONDS).exceptionally(late -> {
            end();
            return process;
        });
    }

    /** Runs a file of {@code checks/clients} against a server, which it reaches through the witness. */
    static Stream<DynamicTest> of(String file, RunningUsher usher) {
        return of(file, usher, Map.of());
    }

    /** Like {@link #of(String, RunningUsher)}, with more for the file to know. */
    static Stream<DynamicTest> of(String file, RunningUsher usher, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(environment(usher));
        environment.putAll(more);
        return of(file, environment);
    }

    /** Runs a file that needs no server. */
    static Stream<DynamicTest> of(String file, Map<String, String> environment) {
        NodeChecks checks = new NodeChecks(file, environment);
        var tests = Spliterators.spliteratorUnknownSize(checks, Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(tests, false).onClose(checks::close);
    }

    private static Process start(String file, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder("node", "--test-reporter=./lib/lines.mjs", file)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Node cannot be started", e);
        }
    }

    static Map<String, String> environment(RunningUsher usher) {
        String url = usher.proxy().url();
        return Map.of(
                "USHER_URL",
                url,
                "CLERK_API_URL",
                url,
                "CLERK_FAPI_URL",
                url,
                "CLERK_PUBLISHABLE_KEY",
                usher.process().key("CLERK_PUBLISHABLE_KEY"),
                "CLERK_SECRET_KEY",
                usher.process().key("CLERK_SECRET_KEY"),
                "CLERK_JWT_KEY",
                usher.process().key("CLERK_JWT_KEY"),
                "CLERK_TELEMETRY_DISABLED",
                "1",
                "SCREENSHOTS",
                folder("target/screenshots"));
    }

    private static String folder(String name) {
        try {
            return Files.createDirectories(Path.of(name)).toAbsolutePath().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean hasNext() {
        return !over;
    }

    @Override
    public DynamicTest next() {
        Optional<JsonNode> begun = read("begins");
        if (begun.isPresent()) {
            String name = begun.get().path("name").asString();
            return DynamicTest.dynamicTest(name, () -> passes(name));
        }
        over = true;
        return DynamicTest.dynamicTest(file + " came to its end", this::cameToItsEnd);
    }

    private void passes(String name) {
        JsonNode result =
                read("passes", "fails").orElseThrow(() -> new AssertionError("the run broke off: " + shown()));
        assertThat(result.path("name").asString()).isEqualTo(name);
        if (result.path("event").asString().equals("passes")) {
            passed++;
            return;
        }
        failed++;
        throw new AssertionError(name + "\n" + result.path("reason").asString());
    }

    private void cameToItsEnd() throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("Node ends").isTrue();
        assertThat(passed + failed)
                .as(() -> "checks in " + file + ", which printed\n" + shown())
                .isPositive();
        assertThat(process.exitValue()).as(this::shown).isEqualTo(failed == 0 ? 0 : 1);
    }

    /** The next line with one of these events; empty at the end. */
    private Optional<JsonNode> read(String... events) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<JsonNode> event = event(line);
                if (event.isEmpty()) printed.add(line);
                else if (List.of(events).contains(event.get().path("event").asString())) return event;
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<JsonNode> event(String line) {
        if (!line.startsWith("{\"event\":")) return Optional.empty();
        try {
            return Optional.of(Wire.json(line));
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    private String shown() {
        return String.join("\n", printed);
    }

    private void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        end();
    }
}
