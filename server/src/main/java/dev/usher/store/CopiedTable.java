package dev.usher.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table that is copied from one database to another, both with the same columns. */
record CopiedTable(String name, List<Column> columns) {
    private static final int BATCH = 500;

    /** How a value is read and bound. SQLite keeps flags as numbers, so that the type is asked of the other database. */
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        BYTES;

        static Kind of(String sqlType) {
            return switch (sqlType.toLowerCase(Locale.ROOT)) {
                case "text", "character varying" -> TEXT;
                case "bigint", "integer" -> NUMBER;
                case "boolean" -> FLAG;
                case "bytea" -> BYTES;
                default -> throw new IllegalStateException("columns of the type " + sqlType + " cannot be copied");
            };
        }

        private @Nullable Object read(ResultSet row, int index) throws SQLException {
            Object value = switch (this) {
                case TEXT -> row.getString(index);
                case NUMBER -> row.getLong(index);
                case FLAG -> row.getBoolean(index);
                case BYTES -> row.getBytes(index);
            };
            return row.wasNull() ? null : value;
        }
    }

    record Column(String name, Kind kind) {}

    /** How many rows a table has, and a sum over them that does not depend on their order. */
    record Summary(long rows, long sum) {
        Summary with(long rowHash) {
            return new Summary(rows + 1, sum + rowHash);
        }
    }

    /** Told from time to time how many rows are copied. */
    @FunctionalInterface
    interface Counter {
        void at(long rows);
    }

    private String columnList() {
        return columns.stream().map(column -> '"' + column.name() + '"').collect(Collectors.joining(", "));
    }

    private String select() {
        return "select " + columnList() + " from \"" + name + '"';
    }

    private String insert() {
        String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        return "insert into \"" + name + "\" (" + columnList() + ") values (" + marks + ")";
    }

    /** Copies every row. */
    void copy(Connection from, Connection to, Counter counter) throws SQLException {
        long copied = 0;
        try (Statement reading = from.createStatement();
                ResultSet rows = reading.executeQuery(select());
                PreparedStatement writing = to.prepareStatement(insert())) {
            while (rows.next()) {
                for (int i = 1; i <= columns.size(); i++)
                    writing.setObject(i, columns.get(i - 1).kind().read(rows, i));
                writing.addBatch();
                if (++copied % BATCH != 0) continue;
                writing.executeBatch();
                counter.at(copied);
            }
            writing.executeBatch();
        }
    }

    /** Reads every row. */
    Summary summary(Connection connection) throws SQLException {
        Summary summary = new Summary(0, 0);
        try (Statement reading = connection.createStatement()) {
            reading.setFetchSize(BATCH);
            try (ResultSet rows = reading.executeQuery(select())) {
                while (rows.next()) summary = summary.with(hash(rows));
            }
        }
        return summary;
    }

    private long hash(ResultSet row) throws SQLException {
        MessageDigest digest = digest();
        for (int i = 1; i <= columns.size(); i++)
            add(digest, columns.get(i - 1).kind().read(row, i));
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /** With the length first, so that no two rows look alike. */
    private static void add(MessageDigest digest, @Nullable Object value) {
        String text = switch (value) {
            case null -> "";
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            default -> value.toString();
        };
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(
                ByteBuffer.allocate(4).putInt(value == null ? -1 : bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
