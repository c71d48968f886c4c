package dev.usher.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** A consistent view of the database. Exists only inside {@link Store#read}, {@link Store#glance} or {@link Store#write}. */
public sealed class Tx permits WriteTx {
    private final Connection connection;
    private final Supplier<Handle> handle;
    private final Optional<KeptStatements> kept;

    Tx(Handle handle) {
        connection = handle.getConnection();
        this.handle = () -> handle;
        kept = handle.getStatementBuilder() instanceof KeptStatements ours ? Optional.of(ours) : Optional.empty();
    }

    /** Over a connection that keeps no statements; the query machinery is made when it is asked for. */
    Tx(Connection connection, Supplier<Handle> handle) {
        this.connection = connection;
        this.handle = handle;
        kept = Optional.empty();
    }

    /** A query; its text is constant, its values are bound by name. */
    public final Query query(String sql) {
        return handle().createQuery(sql);
    }

    /**
     * A query for the row of an owner, such as a client or a user, that the rest of the transaction depends on. A write
     * holds the row until its end, so that writes about one owner go one after the other on every database; what is read
     * after it is as new as the row. The query names one table and has no grouping.
     */
    public Query held(String sql) {
        return handle().createQuery(sql);
    }

    /**
     * A query of a path that is taken all the time, without the machinery between it and the driver: values in the order of
     * their question marks, columns by their number.
     */
    public final <T> T rows(String sql, Rows.Reader<T> reader, @Nullable String... values) {
        try {
            return kept.isPresent() ? rows(kept.get(), sql, reader, values) : once(sql, reader, values);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in " + sql, e);
        }
    }

    private <T> T rows(KeptStatements ours, String sql, Rows.Reader<T> reader, @Nullable String... values)
            throws SQLException {
        PreparedStatement statement = ours.prepared(connection, sql);
        try {
            return rows(statement, reader, values);
        } finally {
            ours.close(connection, sql, statement);
        }
    }

    private <T> T once(String sql, Rows.Reader<T> reader, @Nullable String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return rows(statement, reader, values);
        }
    }

    private static <T> T rows(PreparedStatement statement, Rows.Reader<T> reader, @Nullable String... values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) statement.setString(i + 1, values[i]);
        try (ResultSet rows = statement.executeQuery()) {
            return reader.read(rows);
        }
    }

    final Handle handle() {
        return handle.get();
    }
}
