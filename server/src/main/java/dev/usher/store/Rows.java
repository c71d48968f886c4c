package dev.usher.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Columns as they are kept: times as epoch milliseconds, absent values as null. */
public final class Rows {
    private Rows() {}

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    public static Optional<Instant> maybeInstant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    public static Optional<String> maybeText(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    public static Optional<Boolean> maybeFlag(ResultSet row, String column) throws SQLException {
        boolean flag = row.getBoolean(column);
        return row.wasNull() ? Optional.empty() : Optional.of(flag);
    }

    public static Optional<Integer> maybeNumber(ResultSet row, String column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? Optional.empty() : Optional.of(number);
    }

    /** For binding: epoch milliseconds or null. */
    public static @Nullable Long millis(Optional<Instant> instant) {
        return instant.map(Instant::toEpochMilli).orElse(null);
    }

    /** Reads one thing of a row. */
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The things of all rows by the value of a column, in the order of the rows. */
    public static <T> Map<String, List<T>> grouped(Query query, String column, Reader<T> reader) {
        Map<String, List<T>> groups = new HashMap<>();
        query.map((row, context) -> Map.entry(row.getString(column), reader.read(row)))
                .forEach(entry -> groups.computeIfAbsent(entry.getKey(), key -> new ArrayList<>())
                        .add(entry.getValue()));
        return groups;
    }
}
