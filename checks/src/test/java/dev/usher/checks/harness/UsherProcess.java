package dev.usher.checks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A development server as a process of its own, started through the launcher on a free port. */
public final class UsherProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(180);
    private static final int KILLED = 137;
    private static final String NODES_MASTER_KEY = "bm9kZXMgb2Ygb25lIGRhdGFiYXNlIHNoYXJlIHRoaXM=";

    private final Path folder;
    private final List<String> under;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private Process process;
    private Map<String, String> keys;

    private UsherProcess(Path folder, List<String> under, List<String> arguments, Map<String, String> environment) {
        this.folder = folder;
        this.under = under;
        this.arguments = arguments;
        this.environment = environment;
        start();
    }

    /** How a server is started. */
    public static final class Plan {
        private final Path folder = Launcher.temporaryFolder();
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();
        private Path data = folder.resolve("data");
        private List<String> under = List.of();

        /** Keeps nothing on disk. */
        public Plan inMemory() {
            arguments.add("--in-memory");
            data = null;
            return this;
        }

        /** The command that starts the server, given as its last words. */
        public Plan under(String... command) {
            under = List.of(command);
            return this;
        }

        public Plan data(Path path) {
            data = path;
            return this;
        }

        /** Settings as the lines of a configuration file. */
        public Plan config(String yaml) {
            try {
                arguments.addAll(List.of(
                        "--config",
                        Files.writeString(folder.resolve("usher.yaml"), yaml).toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        /** Keeps the data in a database of a PostgreSQL server instead of a folder. */
        public Plan postgres(String url) {
            arguments.remove("--in-memory");
            data = null;
            return environment("USHER_STORE_URL", url).environment("USHER_MASTER_KEY", NODES_MASTER_KEY);
        }

        /** Opens what a development server has sealed in that folder. */
        public Plan masterKeyOf(Path folder) {
            environment.remove("USHER_MASTER_KEY");
            return environment(
                    "USHER_MASTER_KEY_FILE", folder.resolve("master.key").toString());
        }

        public Plan environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Starts the server and returns when it answers. */
        public UsherProcess start() {
            List<String> all = new ArrayList<>(List.of("dev", "--port", "0"));
            all.addAll(List.of("--env-file", folder.resolve("usher.env").toString()));
            if (data != null) all.addAll(List.of("--data", data.toString()));
            all.addAll(arguments);
            return new UsherProcess(folder, under, List.copyOf(all), Map.copyOf(environment));
        }
    }

    public static Plan plan() {
        return new Plan();
    }

    private void start() {
        try {
            Files.deleteIfExists(envFile());
            process = Launcher.builder(environment, under, arguments)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Launcher.await(process, START_LIMIT, () -> Files.exists(envFile()))) {
            process.destroyForcibly();
            throw new AssertionError("the server did not start:\n" + output());
        }
        keys = readEnvFile();
    }

    public Path envFile() {
        return folder.resolve("usher.env");
    }

    private Path log() {
        return folder.resolve("usher.log");
    }

    private Map<String, String> readEnvFile() {
        try {
            Map<String, String> read = new HashMap<>();
            for (String line : Files.readAllLines(envFile())) {
                int equals = line.indexOf('=');
                if (equals > 0 && !line.startsWith("#"))
                    read.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
            }
            return Map.copyOf(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replace("\\n", "\n") : value;
    }

    /** A line of the env file. */
    public String key(String name) {
        String value = keys.get(name);
        if (value == null) throw new AssertionError("the env file has no " + name + ", only " + keys.keySet());
        return value;
    }

    public String url() {
        return key("USHER_URL");
    }

    public long pid() {
        return process.pid();
    }

    /** Everything printed since the first start. */
    public String output() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the server to stop (SIGTERM) and waits for it; returns its exit code. */
    public int stop() {
        process.destroy();
        return exitCode();
    }

    /** Ends the server without warning (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
        int code = exitCode();
        if (code != KILLED) throw new AssertionError("the server had ended before it was killed: " + code);
    }

    private int exitCode() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS))
                throw new AssertionError("the server does not end:\n" + output());
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts the same server again, on the same data and with the same settings. */
    public void restart() {
        if (process.isAlive()) throw new IllegalStateException("still running");
        start();
    }

    @Override
    public void close() {
        if (process.isAlive()) stop();
    }
}
