package dev.usher.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.sqlite.JDBC;

/**
 * A copy of a SQLite database in one file, taken while a server writes to it: what was committed before it began is in it, and
 * nothing half. The copy appears under its name only when it is whole, checked and on disk.
 */
public final class SqliteBackup {
    private static final String NOTE = "usher_backup";
    private static final String OWNER_ONLY = "rw-------";

    private SqliteBackup() {}

    /** Where a copy is made until it is whole. */
    public static Path unfinished(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    /** Copies the database.
     *
     * @param note what somebody who finds the copy needs to know
     * @throws IllegalStateException when the target is there already, or the copy is not sound
     */
    public static void take(Path database, Path target, Map<String, String> note) {
        if (Files.exists(target)) throw new IllegalStateException(target + " is there already");
        Path part = unfinished(target);
        try {
            empty(part);
            copy(database, part);
            try (Connection copy = connect(part)) {
                requireSound(copy, part);
                write(copy, note);
            }
            publish(part, target);
        } catch (SQLException e) {
            throw new IllegalStateException("nothing was backed up: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target, e);
        }
    }

    /** An empty file that nobody else may read; one that an earlier try has left is thrown away. */
    private static void empty(Path part) throws IOException {
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    }

    private static void copy(Path database, Path part) throws SQLException {
        try (Connection source = connect(database);
                PreparedStatement copy = source.prepareStatement("vacuum into ?")) {
            copy.setString(1, part.toString());
            copy.execute();
        }
    }

    private static void write(Connection copy, Map<String, String> note) throws SQLException {
        execute(copy, "drop table if exists " + NOTE);
        execute(copy, "create table " + NOTE + " (name text primary key, value text not null)");
        try (PreparedStatement insert = copy.prepareStatement("insert into " + NOTE + " values (?, ?)")) {
            for (Map.Entry<String, String> entry : note.entrySet()) {
                insert.setString(1, entry.getKey());
                insert.setString(2, entry.getValue());
                insert.executeUpdate();
            }
        }
    }

    /** What was noted when the copy was made; nothing where it was made by other means. */
    public static Map<String, String> note(Path backup) {
        try (Connection copy = connect(backup)) {
            if (!hasTable(copy, "flyway_schema_history"))
                throw new IllegalStateException(backup + " is no backup of Usher");
            Map<String, String> note = new TreeMap<>();
            if (hasTable(copy, NOTE))
                try (Statement statement = copy.createStatement();
                        ResultSet rows = statement.executeQuery("select name, value from " + NOTE)) {
                    while (rows.next()) note.put(rows.getString(1), rows.getString(2));
                }
            return note;
        } catch (SQLException e) {
            throw new IllegalStateException(backup + " is no backup of Usher", e);
        }
    }

    private static boolean hasTable(Connection copy, String name) throws SQLException {
        try (PreparedStatement query = copy.prepareStatement("select 1 from sqlite_master where name = ?")) {
            query.setString(1, name);
            return query.executeQuery().next();
        }
    }

    /** Puts a backup where a server's database is to be, under a name that no server opens.
     *
     * @throws IllegalStateException when it is not sound
     */
    public static void unpack(Path backup, Path part) {
        try {
            empty(part);
            Files.copy(backup, part, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString(OWNER_ONLY));
            try (Connection copy = connect(part)) {
                requireSound(copy, backup);
                execute(copy, "drop table if exists " + NOTE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(backup + " is no backup of Usher: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + part, e);
        }
    }

    /** Everything of it is on disk before it gets its name, and the name too. */
    public static void publish(Path part, Path target) throws IOException {
        sync(part);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) sync(folder);
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void requireSound(Connection copy, Path named) throws SQLException {
        try (Statement statement = copy.createStatement();
                ResultSet found = statement.executeQuery("pragma integrity_check")) {
            String first = found.next() ? found.getString(1) : "nothing";
            if (!first.equals("ok")) throw new IllegalStateException(named + " is damaged: " + first);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        Connection connection = new JDBC().connect("jdbc:sqlite:" + file, new Properties());
        if (connection == null) throw new SQLException("no driver for " + file);
        execute(connection, "pragma busy_timeout = 10000");
        return connection;
    }
}
