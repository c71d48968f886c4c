package dev.usher.checks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs of {@code checks/clients}, which use published packages as they are. */
public final class Node {
    private static final Path CLIENTS = Path.of("clients").toAbsolutePath();

    private Node() {}

    /** Runs a program to its end; its last line is the JSON that it found. */
    public static JsonNode run(String program, Duration limit, Map<String, String> environment) {
        Path folder = Launcher.temporaryFolder();
        try {
            ProcessBuilder builder = new ProcessBuilder("node", program).directory(CLIENTS.toFile());
            builder.environment().putAll(environment);
            Path out = folder.resolve("out");
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            if (!ended) process.destroyForcibly();
            String said = Files.readString(out);
            if (!ended || process.exitValue() != 0) throw new AssertionError(program + " failed:\n" + said);
            return JsonMapper.shared().readTree(said.lines().toList().getLast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
