package dev.usher.store;

import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** One open SQLite connection with its kept statements; used by one thread at a time. */
final class SqliteConnection implements AutoCloseable {
    private final Handle handle;

    SqliteConnection(Jdbi jdbi, Iterable<String> pragmas) throws SQLException {
        handle = jdbi.open();
        for (String pragma : pragmas) execute("pragma " + pragma);
        handle.setStatementBuilder(new KeptStatements());
    }

    Handle handle() {
        return handle;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
