package dev.usher.store;

import dev.usher.base.Figure;
import dev.usher.base.Unavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.JDBC;
import org.sqlite.SQLiteDataSource;

/** SQLite in one file (write-ahead log, full sync), or in memory where nothing is to be kept. */
public final class SqliteStore implements Store {
    private static final AtomicLong MEMORY_NAMES = new AtomicLong();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final List<SqliteConnection> connections = new ArrayList<>();
    private final BlockingQueue<SqliteConnection> readers;
    private final Writer writer;

    private SqliteStore(
            String url, int readerCount, int queueLength, boolean oneConnection, Consumer<Handle> migrations)
            throws SQLException {
        readers = new ArrayBlockingQueue<>(readerCount);
        Jdbi jdbi = Jdbi.create(() -> new JDBC().connect(url, new Properties()));
        SqliteConnection writing = open(jdbi);
        migrations.accept(writing.handle());
        if (oneConnection) readers.add(writing);
        for (int i = readers.size(); i < readerCount; i++) readers.add(open(jdbi, "query_only=on"));
        writer = new Writer(oneConnection ? shared() : own(writing), queueLength, PATIENCE);
    }

    /**
     * Opens or creates the database file.
     *
     * @param readerCount connections for reads, 1 to 64
     * @param queueLength writes that may wait, at least 1
     */
    public static SqliteStore open(Path file, int readerCount, int queueLength) {
        return opened("jdbc:sqlite:" + file, readerCount, queueLength, false);
    }

    /** Opens the database beside a running server that owns it: no schema is changed. */
    public static SqliteStore beside(Path file) {
        return opened("jdbc:sqlite:" + file, 1, 16, false, handle -> Migrations.require(Dialect.SQLITE, handle));
    }

    /** A database that lives as long as this object: one connection, used in turn. */
    public static SqliteStore inMemory() {
        String name = "usher-" + ProcessHandle.current().pid() + "-" + MEMORY_NAMES.incrementAndGet();
        return opened("jdbc:sqlite:file:" + name + "?mode=memory&cache=shared", 1, 4096, true);
    }

    /** Loads the driver and the query machinery; run beside other work at start, it takes them off its path. */
    public static void prepare() {
        Jdbi.create(() -> new JDBC().connect("jdbc:sqlite::memory:", new Properties()))
                .withHandle(handle -> handle.createQuery("select :one")
                        .bind("one", 1)
                        .mapTo(int.class)
                        .one());
    }

    private static SqliteStore opened(String url, int readerCount, int queueLength, boolean oneConnection) {
        return opened(
                url,
                readerCount,
                queueLength,
                oneConnection,
                handle -> Migrations.bring(Dialect.SQLITE, source(url), handle));
    }

    private static SqliteStore opened(
            String url, int readerCount, int queueLength, boolean oneConnection, Consumer<Handle> migrations) {
        try {
            return new SqliteStore(url, readerCount, queueLength, oneConnection, migrations);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot open " + url.substring("jdbc:sqlite:".length()), e);
        }
    }

    private static SQLiteDataSource source(String url) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl(url);
        return source;
    }

    private SqliteConnection open(Jdbi jdbi, String... more) throws SQLException {
        List<String> pragmas = new ArrayList<>(List.of(
                "busy_timeout=5000", "journal_mode=wal", "synchronous=full", "foreign_keys=on", "cache_size=-8000"));
        pragmas.addAll(List.of(more));
        SqliteConnection connection = new SqliteConnection(jdbi, pragmas);
        connections.add(connection);
        return connection;
    }

    @Override
    public <T> T read(Function<Tx, T> work) {
        SqliteConnection connection = takeReader();
        try {
            connection.execute("begin");
            return work.apply(new Tx(connection.handle()));
        } catch (SQLException e) {
            throw new Unavailable("the database does not answer", e);
        } catch (RuntimeException e) {
            throw Trouble.of(e).told(e);
        } finally {
            endRead(connection);
        }
    }

    @Override
    public <T> T glance(Function<Tx, T> work) {
        SqliteConnection connection = takeReader();
        try {
            return work.apply(new Tx(connection.handle()));
        } catch (RuntimeException e) {
            throw Trouble.of(e).told(e);
        } finally {
            readers.add(connection);
        }
    }

    private void endRead(SqliteConnection connection) {
        try {
            connection.execute("commit");
        } catch (SQLException ignored) {
            // A read that failed has no transaction left to end.
        } finally {
            readers.add(connection);
        }
    }

    private SqliteConnection takeReader() {
        try {
            SqliteConnection connection = readers.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (connection == null) throw new Unavailable("no database connection is free", BUSY);
            return connection;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for the database", e);
        }
    }

    @Override
    public <T> T write(Function<WriteTx, T> work) {
        return writer.submit(work);
    }

    @Override
    public void watchedBy(Witness.Calling witnesses) {
        writer.watchedBy(witnesses);
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>(writer.figures());
        figures.add(Figure.gauge("usher_store_readers_free", "Connections for reads that nobody uses", readers::size));
        return figures;
    }

    private Writer.Lease shared() {
        return new Writer.Lease() {
            @Override
            public SqliteConnection take() throws InterruptedException {
                return readers.take();
            }

            @Override
            public void giveBack(SqliteConnection connection) {
                readers.add(connection);
            }
        };
    }

    private static Writer.Lease own(SqliteConnection writing) {
        return new Writer.Lease() {
            @Override
            public SqliteConnection take() {
                return writing;
            }

            @Override
            public void giveBack(SqliteConnection connection) {
                // The writer's own connection stays with it.
            }
        };
    }

    @Override
    public void close() {
        writer.close();
        connections.forEach(SqliteConnection::close);
    }
}
