package dev.usher.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.JDBC;

/**
 * Copies everything from SQLite to an empty PostgreSQL database, in one transaction: all of it arrives, or nothing. Before it
 * commits, every table is read again and compared.
 */
public final class StoreCopy implements AutoCloseable {
    /** Of this process, or of the schema: the other database has its own. */
    private static final Set<String> NOT_COPIED = Set.of("flyway_schema_history", "lease");

    private final Handle from;
    private final Handle to;
    private final List<CopiedTable> tables = new ArrayList<>();

    private StoreCopy(Handle from, Handle to) throws SQLException {
        this.from = from;
        this.to = to;
        from.getConnection().setAutoCommit(false);
        to.getConnection().setAutoCommit(false);
        for (String name : parentsFirst()) tables.add(new CopiedTable(name, columns(name)));
    }

    /** Told how far the copy is. */
    @FunctionalInterface
    public interface Progress {
        void at(String table, long rows, long of);
    }

    /** Opens both databases; the schema of the one to write to is brought to this program's version.
     *
     * @throws IllegalStateException when one cannot be opened, or the source has another version than this program
     */
    public static StoreCopy open(Path sqliteFile, PostgresAddress target) {
        Handle from = Jdbi.create(() -> new JDBC().connect("jdbc:sqlite:" + sqliteFile, new Properties()))
                .open();
        requireNewest(from);
        PGSimpleDataSource source = target.source();
        PostgresStore.migrate(target, source);
        source.setReWriteBatchedInserts(true);
        try {
            return new StoreCopy(from, Jdbi.create(source).open());
        } catch (SQLException e) {
            throw new IllegalStateException("the databases cannot be compared: " + e.getMessage(), e);
        }
    }

    private static void requireNewest(Handle from) {
        int applied = Migrations.applied(Dialect.SQLITE, from);
        if (applied == Migrations.NEWEST) return;
        throw new IllegalStateException("the data has schema version " + applied + ", this program needs "
                + Migrations.NEWEST + ": start it once on the data folder before");
    }

    /** Copies; tells how many rows each table has.
     *
     * @throws IllegalStateException when the target is not empty or does not agree afterwards
     */
    public Map<String, Long> run(Progress progress) {
        try {
            for (CopiedTable table : tables) requireEmpty(table.name());
            Map<String, Long> copied = new LinkedHashMap<>();
            for (CopiedTable table : tables) copied.put(table.name(), copy(table, progress));
            List<String> different = differences();
            if (!different.isEmpty())
                throw new IllegalStateException("nothing was copied: these tables do not agree: " + different);
            to.getConnection().commit();
            return copied;
        } catch (SQLException e) {
            throw new IllegalStateException("nothing was copied: " + reason(e), e);
        }
    }

    /** Without the values of the row, which the message about a group of statements would show. */
    private static String reason(SQLException e) {
        return String.valueOf((e.getNextException() == null ? e : e.getNextException()).getMessage());
    }

    private long copy(CopiedTable table, Progress progress) throws SQLException {
        long total = count(from, table.name());
        table.copy(from.getConnection(), to.getConnection(), rows -> progress.at(table.name(), rows, total));
        progress.at(table.name(), total, total);
        return total;
    }

    /** The tables that do not hold the same rows on both sides. */
    List<String> differences() throws SQLException {
        List<String> different = new ArrayList<>();
        for (CopiedTable table : tables)
            if (!table.summary(from.getConnection()).equals(table.summary(to.getConnection())))
                different.add(table.name());
        return different;
    }

    private static long count(Handle handle, String table) {
        return handle.createQuery("select count(*) from \"" + table + '"')
                .mapTo(long.class)
                .one();
    }

    private void requireEmpty(String table) {
        if (count(to, table) > 0)
            throw new IllegalStateException("nothing was copied: the target has data in the table " + table);
    }

    private List<CopiedTable.Column> columns(String table) throws SQLException {
        Map<String, CopiedTable.Column> columns = new LinkedHashMap<>();
        to.createQuery("""
                select column_name, data_type from information_schema.columns
                where table_schema = current_schema() and table_name = :table order by ordinal_position
                """)
                .bind("table", table)
                .map((row, context) -> new CopiedTable.Column(row.getString(1), CopiedTable.Kind.of(row.getString(2))))
                .forEach(column -> columns.put(column.name(), column));
        Set<String> known = new TreeSet<>(pragma("table_info", table, "name"));
        if (!known.equals(new TreeSet<>(columns.keySet())))
            throw new IllegalStateException("the table " + table + " has other columns in the target");
        return List.copyOf(columns.values());
    }

    /** Every table after those that its rows refer to. */
    private Set<String> parentsFirst() throws SQLException {
        List<String> waiting = from
                .createQuery("select name from sqlite_master where type = 'table' order by name")
                .mapTo(String.class)
                .stream()
                .filter(name -> !name.startsWith("sqlite_") && !NOT_COPIED.contains(name))
                .collect(Collectors.toCollection(ArrayList::new));
        Set<String> ordered = new LinkedHashSet<>();
        while (!waiting.isEmpty()) {
            List<String> ready = new ArrayList<>();
            for (String name : waiting) if (ordered.containsAll(parents(name))) ready.add(name);
            if (ready.isEmpty()) throw new IllegalStateException("tables refer to each other in a ring: " + waiting);
            ordered.addAll(ready);
            waiting.removeAll(ready);
        }
        return ordered;
    }

    private Set<String> parents(String table) throws SQLException {
        Set<String> parents = new TreeSet<>(pragma("foreign_key_list", table, "table"));
        parents.remove(table);
        return parents;
    }

    private List<String> pragma(String name, String table, String column) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = from.getConnection().createStatement();
                ResultSet rows = statement.executeQuery("pragma " + name + "(\"" + table + "\")")) {
            while (rows.next()) values.add(rows.getString(column));
        }
        return values;
    }

    /** What was not committed is taken back. */
    @Override
    public void close() {
        for (Handle handle : List.of(from, to)) {
            try (Connection connection = handle.getConnection()) {
                connection.rollback();
            } catch (SQLException ignored) {
                // Without its connection nothing of a transaction stays.
            }
        }
    }
}
