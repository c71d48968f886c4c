package dev.usher.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a figure must be read with. */
final class Machine {
    private Machine() {}

    static String facts() throws IOException {
        return """
                ## Machine

                - %s, %d cores
                - %s %s
                - Java %s
                - load average at the end: %s
                """.formatted(
                        line("/proc/cpuinfo", "model name"),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version(),
                        loadAverage());
    }

    /** The same for programs. */
    static ObjectNode json() throws IOException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("processor", line("/proc/cpuinfo", "model name"))
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("java", Runtime.version().toString())
                .put("load_average", loadAverage());
    }

    private static String line(String file, String start) throws IOException {
        Path path = Path.of(file);
        if (!Files.exists(path)) return System.getProperty("os.arch");
        try (Stream<String> lines = Files.lines(path)) {
            return lines.filter(line -> line.startsWith(start))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown processor");
        }
    }

    private static String loadAverage() throws IOException {
        Path path = Path.of("/proc/loadavg");
        return Files.exists(path) ? Files.readString(path).trim() : "unknown";
    }

    /** Resident memory of a process in MiB, where the system tells. */
    static Optional<Double> residentMiB(long pid) throws IOException {
        return memoryMiB(pid, "VmRSS:");
    }

    /** The most resident memory that a process has had so far, where the system tells and the process lives. */
    static Optional<Double> peakMiB(long pid) throws IOException {
        return memoryMiB(pid, "VmHWM:");
    }

    private static Optional<Double> memoryMiB(long pid, String field) throws IOException {
        Path path = Path.of("/proc", String.valueOf(pid), "status");
        if (!Files.exists(path)) return Optional.empty();
        try (Stream<String> lines = Files.lines(path)) {
            return lines.filter(line -> line.startsWith(field))
                    .map(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (NoSuchFileException | UncheckedIOException ended) {
            return Optional.empty();
        }
    }

    /** Signatures a second by the system's own openssl, in one thread; empty where it is missing. */
    static Optional<Double> opensslSignsPerSecond() throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder("openssl", "speed", "-seconds", "3", "rsa2048")
                    .redirectErrorStream(true)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return out.lines()
                    .filter(line -> line.startsWith("rsa 2048"))
                    .map(line -> line.trim().split("\\s+"))
                    .map(columns -> Double.parseDouble(columns[columns.length - 2]))
                    .findFirst();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }
}
