package dev.usher.checks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The launcher {@code usher} at the root of the project, as a person or a script would call it. */
public final class Launcher {
    private static final Path PROGRAM = Path.of(System.getProperty("usher.launcher", "../usher"))
            .toAbsolutePath()
            .normalize();

    private Launcher() {}

    /** What a command that ends by itself came to. */
    public record Outcome(int exitCode, String out, String err) {
        public List<String> errorLines() {
            return err.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    /** Where the launcher is. */
    public static Path program() {
        return PROGRAM;
    }

    static ProcessBuilder builder(Map<String, String> environment, List<String> arguments) {
        return builder(environment, List.of(), arguments);
    }

    static ProcessBuilder builder(Map<String, String> environment, List<String> under, List<String> arguments) {
        List<String> command = new ArrayList<>(under);
        command.add(PROGRAM.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("USHER_") && !name.equals("USHER_JAVA_HOME"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** Runs a command to its end. */
    public static Outcome run(String... arguments) {
        return run(Map.of(), arguments);
    }

    public static Outcome run(Map<String, String> environment, String... arguments) {
        Path folder = temporaryFolder();
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        try {
            Process process = builder(environment, List.of(arguments))
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "usher " + String.join(" ", arguments) + " did not end: " + Files.readString(out));
            }
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A new folder, removed when the tests end. */
    public static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("usher-checks");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // Left to the system, which clears its temporary folder.
        }
    }

    /** Polls until the condition holds; false when the process ended or the time is up. */
    static boolean await(Process process, Duration limit, java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (System.nanoTime() < end) {
                if (condition.getAsBoolean()) return true;
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) return condition.getAsBoolean();
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
