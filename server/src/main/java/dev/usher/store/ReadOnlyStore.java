package dev.usher.store;

import dev.usher.base.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.JDBC;

/** The database of a data folder for looking at it, beside a running server or without one. */
public final class ReadOnlyStore implements Store {
    private final SqliteConnection connection;

    private ReadOnlyStore(SqliteConnection connection) {
        this.connection = connection;
    }

    /** Opens what is there.
     *
     * @throws IllegalStateException when there is no database, or one of another version
     */
    public static ReadOnlyStore open(Path file) {
        if (!Files.isReadable(file)) throw new IllegalStateException("there is no database " + file);
        try {
            Jdbi jdbi = Jdbi.create(() -> new JDBC().connect("jdbc:sqlite:" + file, new Properties()));
            SqliteConnection opened = new SqliteConnection(jdbi, List.of("busy_timeout=5000", "query_only=on"));
            Migrations.require(opened.handle());
            return new ReadOnlyStore(opened);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }

    @Override
    public synchronized <T> T read(Function<Tx, T> work) {
        try {
            connection.execute("begin");
            try {
                return work.apply(new Tx(connection.handle()));
            } finally {
                connection.execute("commit");
            }
        } catch (SQLException e) {
            throw new Unavailable("the database does not answer", e);
        }
    }

    @Override
    public <T> T write(Function<WriteTx, T> work) {
        throw new IllegalStateException("the database was opened for reading; start the server with it once");
    }

    @Override
    public void close() {
        connection.close();
    }
}
