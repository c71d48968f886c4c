package dev.usher.checks.nodes;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.usher.checks.harness.Launcher;
import dev.usher.checks.harness.Nodes;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.UsherProcess;
import dev.usher.testing.PostgresServer;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** There is no room left for what is written: what is read goes on, nobody is signed out, and room is all it takes to heal. */
class DiskFullTest {
    private static final EnumSet<Caller.Kind> READERS =
            EnumSet.of(Caller.Kind.MINT, Caller.Kind.CLIENT, Caller.Kind.KEYS);

    /** Touches may go on: they change what has its room already. */
    private static final EnumSet<Caller.Kind> WRITERS = EnumSet.of(Caller.Kind.SIGN_IN);

    private interface Step {
        void take() throws IOException, InterruptedException;
    }

    private static void full(String what, List<RunningUsher> nodes, Step fill, Step free)
            throws IOException, InterruptedException {
        Callers callers = Callers.on(nodes);
        callers.troubleBegins();
        fill.take();
        callers.awaitRefusal(Caller.Kind.SIGN_IN);
        TimeUnit.SECONDS.sleep(Callers.ASSAULT ? 30 : 1);
        free.take();
        callers.troubleEnds();
        long healing = callers.heal();
        callers.assertHonest(READERS, WRITERS);
        callers.assertQuick("disk full, " + what, healing);
    }

    /** What the system does to a process whose files may not grow is what it does on a full disk, and needs no rights. */
    @Test
    void onSqliteWhoseFilesMayNotGrow() throws IOException, InterruptedException {
        try (UsherProcess process = UsherProcess.plan()
                .data(Launcher.temporaryFolder().resolve("data"))
                .start()) {
            full(
                    "SQLite, by a limit of file size",
                    List.of(RunningUsher.around(process)),
                    () -> limitFiles(process, "65536"),
                    () -> limitFiles(process, "unlimited"));
        }
    }

    private static void limitFiles(UsherProcess process, String bytes) throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder(
                        "prlimit", "--pid", String.valueOf(process.pid()), "--fsize=" + bytes + ":unlimited")
                .start();
        if (prlimit.waitFor() != 0) throw new IOException("prlimit failed");
    }

    @Test
    void onSqliteOnASmallDisk() throws IOException, InterruptedException {
        Optional<SmallDisk> made = SmallDisk.of(96);
        assumeThat(made).as("only root may mount a file system").isPresent();
        try (SmallDisk disk = made.get();
                UsherProcess process =
                        UsherProcess.plan().data(disk.folder().resolve("data")).start()) {
            full("SQLite", List.of(RunningUsher.around(process)), disk::fill, disk::free);
        }
    }

    @Test
    void onPostgresWithTheTablesOnASmallDisk() throws IOException, InterruptedException {
        Optional<SmallDisk> made = SmallDisk.of(96);
        assumeThat(made).as("only root may mount a file system").isPresent();
        try (SmallDisk disk = made.get();
                PostgresServer server = PostgresServer.start()) {
            server.execute("postgres", "create tablespace small location '" + server.folderOn(disk.folder()) + "'");
            server.execute("postgres", "create database disk_full tablespace small");
            try (Nodes nodes = Nodes.start(2, server.url("disk_full"), "{}")) {
                full("PostgreSQL", nodes.all(), disk::fill, disk::free);
            }
        }
    }
}
