package dev.usher.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** One open SQLite connection with its kept statements; used by one thread at a time. */
final class SqliteConnection implements AutoCloseable {
    private final Connection connection;
    private final Handle handle;

    SqliteConnection(String url, String... pragmas) throws SQLException {
        connection = new org.sqlite.JDBC().connect(url, new java.util.Properties());
        try (Statement statement = connection.createStatement()) {
            for (String pragma : pragmas) statement.execute("pragma " + pragma);
        }
        handle = Jdbi.create(() -> connection).open();
        handle.setStatementBuilder(new KeptStatements());
    }

    Handle handle() {
        return handle;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
