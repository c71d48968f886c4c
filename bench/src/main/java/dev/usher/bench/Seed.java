package dev.usher.bench;

import dev.usher.bench.ServerUnderTest.SignedIn;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes many sessions of one, straight in the database: for each number a user, a client with the same secret, and a session. The
 * server must not run meanwhile.
 */
final class Seed {
    private static final long STEP = 100_000;

    private final String jdbcUrl;
    private final boolean sqlite;

    Seed(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
        this.sqlite = jdbcUrl.startsWith("jdbc:sqlite:");
    }

    /** The session of a number, as its owner's browser knows it. */
    static SignedIn session(SignedIn origin, long number) {
        String digits = "%027d".formatted(number);
        String cookie = origin.cookie();
        String name = cookie.substring(0, cookie.indexOf('=') + 1);
        return new SignedIn(name + "client_" + digits + cookie.substring(cookie.indexOf('.')), "sess_" + digits);
    }

    /** Makes the sessions of the numbers from one up to, and without, another. */
    void grow(SignedIn origin, long from, long to) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            if (sqlite) execute(connection, "pragma synchronous = off");
            connection.setAutoCommit(false);
            Origin row = origin(connection, origin.sessionId());
            for (long at = from; at < to; at += STEP) {
                copy(connection, row, origin.sessionId(), at, Math.min(to, at + STEP));
                connection.commit();
            }
            connection.setAutoCommit(true);
            execute(connection, sqlite ? "pragma wal_checkpoint(truncate)" : "vacuum analyze");
        }
    }

    private record Origin(String clientId, String userId) {}

    private static Origin origin(Connection connection, String sessionId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select client_id, user_id from session where id = ?")) {
            select.setString(1, sessionId);
            ResultSet row = select.executeQuery();
            row.next();
            return new Origin(row.getString(1), row.getString(2));
        }
    }

    private void copy(Connection connection, Origin origin, String sessionId, long from, long to) throws SQLException {
        Map<String, String> ids = Map.of("id", id("sess"), "client_id", id("client"), "user_id", id("user"));
        copy(connection, "user_account", origin.userId(), Map.of("id", id("user")), from, to);
        Map<String, String> client = Map.of("id", id("client"), "last_active_session_id", id("sess"));
        copy(connection, "client", origin.clientId(), client, from, to);
        copy(connection, "session", sessionId, ids, from, to);
    }

    private String id(String prefix) {
        String zeros = "'" + "0".repeat(27) + "' || n.i";
        return "'" + prefix + "_' || " + (sqlite ? "substr(" + zeros + ", -27)" : "right(" + zeros + ", 27)");
    }

    private static void copy(
            Connection connection, String table, String id, Map<String, String> changed, long from, long to)
            throws SQLException {
        List<String> columns = columns(connection, table);
        List<String> values = columns.stream()
                .map(column -> changed.getOrDefault(column, "t." + column))
                .toList();
        String sql = "insert into " + table + " (" + String.join(", ", columns) + ") "
                + "with recursive n(i) as (select cast(? as bigint) union all select i + 1 from n where i + 1 < ?) "
                + "select " + String.join(", ", values) + " from n, " + table + " t where t.id = ?";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, from);
            insert.setLong(2, to);
            insert.setString(3, id);
            insert.executeUpdate();
        }
    }

    private static List<String> columns(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("select * from " + table + " where 1 = 0")) {
            ResultSetMetaData meta = none.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) columns.add(meta.getColumnName(i));
            return columns;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
