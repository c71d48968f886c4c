package dev.usher.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/** Keeps one connection's prepared statements: SQLite would parse the text anew each time (20 µs a statement). */
final class KeptStatements implements StatementBuilder {
    /** Lists with filters have many texts, which must not pile up. */
    private static final int MOST_KEPT = 512;

    private final Map<String, PreparedStatement> kept = new HashMap<>();
    private final Set<Statement> ours = Collections.newSetFromMap(new IdentityHashMap<>());

    @Override
    public Statement create(Connection connection, StatementContext context) throws SQLException {
        return connection.createStatement();
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        return prepared(connection, sql);
    }

    /** The statement; not to be closed, unless there are too many to be kept. */
    PreparedStatement prepared(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = kept.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            if (kept.size() >= MOST_KEPT) return statement;
            kept.put(sql, statement);
            ours.add(statement);
        }
        return statement;
    }

    @Override
    public CallableStatement createCall(Connection connection, String sql, StatementContext context)
            throws SQLException {
        return connection.prepareCall(sql);
    }

    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        if (!ours.contains(statement)) statement.close();
    }

    @Override
    public void close(Connection connection) {
        kept.values().forEach(KeptStatements::closeQuietly);
        kept.clear();
        ours.clear();
    }

    private static void closeQuietly(Statement statement) {
        try {
            statement.close();
        } catch (SQLException ignored) {
            // The connection closes next and takes its statements along.
        }
    }
}
