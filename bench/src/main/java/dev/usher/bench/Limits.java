package dev.usher.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the machine and the database can do without Usher. */
final class Limits {
    private static final int PAGE_BYTES = 4096;

    private Limits() {}

    /** Times a second that a page can be appended to a file and forced to the disk. */
    static double syncsPerSecond(Path folder, Duration time) throws IOException {
        Path file = folder.resolve("syncs");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long begin = System.nanoTime();
            long end = begin + time.toNanos();
            int count = 0;
            for (; System.nanoTime() < end; count++) {
                channel.write(ByteBuffer.allocate(PAGE_BYTES));
                channel.force(false);
            }
            return count / ((System.nanoTime() - begin) / 1e9);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Updates of one session that pgbench commits a second, in the tables that the server used; empty without pgbench. */
    static Optional<Double> pgbenchUpdatesPerSecond(
            Path folder, String jdbcUrl, long sessions, int connections, Duration time)
            throws IOException, InterruptedException {
        URI url = URI.create(jdbcUrl.substring("jdbc:".length()));
        Path script = folder.resolve("update.sql");
        String zeros = "0".repeat(27);
        Files.writeString(
                script,
                "\\set n random(0, " + (sessions - 1)
                        + ")\nupdate session set last_active_at = last_active_at + 1 where id = " + "'sess_' || right('"
                        + zeros + "' || :n, 27);\n");
        List<String> command = List.of(("pgbench -n -M prepared -U usher -j 2 -h " + url.getHost() + " -p "
                        + url.getPort() + " -c " + connections
                        + " -T " + time.toSeconds() + " -f " + script + " "
                        + url.getPath().substring(1))
                .split(" ", -1));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return out.lines()
                    .filter(line -> line.startsWith("tps = "))
                    .map(line -> Double.parseDouble(line.split(" ", 4)[2]))
                    .findFirst();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }
}
