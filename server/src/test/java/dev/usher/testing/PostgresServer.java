package dev.usher.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server for tests, on a free port of the loopback address. It refuses to be root, so that root runs it as
 * nobody. A stopped or killed server keeps what it acknowledged; only a failing machine would lose it, for the sake of speed,
 * unless it is a durable one.
 */
public final class PostgresServer implements AutoCloseable {
    private static final int NOBODY = 65_534;
    private static final int START_SECONDS = 60;
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path programs;
    private final Path folder;
    private final int port;
    private final boolean durable;
    private Process process;

    private PostgresServer(boolean durable) throws IOException {
        this.durable = durable;
        programs = PostgresBinaries.unpacked().resolve("bin");
        folder = Files.createTempDirectory("usher-postgres-data");
        if (isRoot()) Files.setAttribute(folder, "unix:uid", NOBODY);
        port = freePort();
        run(program("initdb", "-D", data(), "-U", "usher", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"));
    }

    /** Starts a server with an empty cluster; it ends with this process at the latest. */
    public static PostgresServer start() {
        return start(false);
    }

    /** Like {@link #start()}, and what is committed is on the disk, as in production. */
    public static PostgresServer startDurable() {
        return start(true);
    }

    private static PostgresServer start(boolean durable) {
        try {
            PostgresServer server = new PostgresServer(durable);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.resume();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        static final PostgresServer SERVER = start();
    }

    /** The one that the tests of this process share. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private ProcessBuilder program(String name, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot())
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
        command.add(programs.resolve(name).toString());
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
        return builder.redirectErrorStream(true);
    }

    private File log() {
        return folder.resolveSibling(folder.getFileName() + ".log").toFile();
    }

    private void run(ProcessBuilder builder) throws IOException {
        try {
            Process once = builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                    .start();
            if (once.waitFor() != 0)
                throw new IllegalStateException(builder.command() + ":\n" + Files.readString(log().toPath()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again, after a stop or a crash, on the same port and data. */
    public void resume() {
        try {
            process = program(
                            "postgres",
                            Stream.of(
                                            "port=" + port,
                                            "listen_addresses=127.0.0.1",
                                            "unix_socket_directories=",
                                            "fsync=" + (durable ? "on" : "off"),
                                            "max_connections=200",
                                            "shared_buffers=64MB",
                                            "timezone=UTC")
                                    .flatMap(setting -> Stream.of("-c", setting))
                                    .collect(
                                            () -> new ArrayList<>(List.of("-D", data())),
                                            ArrayList::add,
                                            ArrayList::addAll)
                                    .toArray(String[]::new))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                    .start();
            awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (Connection connection = DriverManager.getConnection(url("postgres"))) {
                if (connection.isValid(1)) return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() > end)
                    throw new IllegalStateException(
                            "PostgreSQL did not start:\n" + Files.readString(log().toPath()), e);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A folder in another one that belongs to the server. */
    public Path folderOn(Path parent) {
        try {
            Path made = Files.createDirectory(parent.resolve("postgres"));
            if (isRoot()) Files.setAttribute(made, "unix:uid", NOBODY);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a database, for the driver and for Usher. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=usher";
    }

    /** CPU time of all its processes that live. */
    public Duration cpu() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Makes an empty database; returns its name. */
    public String newDatabase() {
        return newDatabase("template1");
    }

    /** Makes a copy of a database to which nobody is connected; returns its name. */
    public String newDatabase(String template) {
        String name = "test_" + DATABASES.incrementAndGet();
        execute("postgres", "create database " + name + " template " + template);
        return name;
    }

    public void drop(String database) {
        execute("postgres", "drop database if exists " + database + " with (force)");
    }

    public void execute(String database, String sql) {
        try (Connection connection = DriverManager.getConnection(url(database));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Stops every process of the server where it is, as a machine that hangs does. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        kill(
                name,
                Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .map(ProcessHandle::pid)
                        .toArray(Long[]::new));
    }

    /** All at once: between the first and the last of many commands the server would be half there. */
    private static void kill(String signal, Long... pids) {
        try {
            List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
            for (Long pid : pids) command.add(String.valueOf(pid));
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it at once, without telling anybody and without a checkpoint. */
    public void crash() {
        end("QUIT");
    }

    /** Ends it in order; open connections are cut. */
    public void stop() {
        end("INT");
    }

    private void end(String signal) {
        kill(signal, process.pid());
        try {
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (process != null && process.isAlive()) {
                thaw();
                crash();
            }
            if (Files.exists(folder)) Folders.delete(folder);
            Files.deleteIfExists(log().toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
