package dev.usher.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.usher.base.Figure;
import dev.usher.base.Unavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections of one kind. Who waits for one waits in a queue of bounded length, for a bounded time, and not at all when the
 * database has stopped to make progress.
 */
final class PostgresPool implements AutoCloseable {
    /** What its connections are for. */
    enum Kind {
        READING,
        WRITING
    }

    private static final Duration BUSY = Duration.ofSeconds(1);
    /** How often those who wait look whether that makes sense; each time they go back to the end of the queue. */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** As little as the pool allows: it has an idle connection for everybody who may have one, unless something is wrong. */
    private static final Duration POOLED = Duration.ofMillis(250);

    private static final Duration FIRST_CONNECTION = Duration.ofSeconds(10);
    private static final Duration PROBING = Duration.ofMillis(500);
    private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(10);
    /** The database gives up a slow statement by itself; this much later nobody waits for it any more. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final PGSimpleDataSource database;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Semaphore connections;
    private final Semaphore queue;
    private final int most;
    private final Duration patience;
    private final int networkTimeoutMillis;
    private final Pulse pulse;

    PostgresPool(PostgresStore.Settings settings, PGSimpleDataSource database, Pulse pulse, Kind kind) {
        this.pulse = pulse;
        int size = kind == Kind.READING ? settings.readers() : settings.writers();
        patience = settings.patience();
        networkTimeoutMillis = (int) settings.statementTimeout().plus(GRACE).toMillis();
        connections = new Semaphore(size, true);
        most = settings.queue();
        queue = new Semaphore(most);
        this.database = database;
        pool = new HikariDataSource(hikari(database, kind, size, settings.statementTimeout()));
        jdbi = Jdbi.create(database).setSqlLogger(pulse);
    }

    private static HikariConfig hikari(PGSimpleDataSource database, Kind kind, int size, Duration statementTimeout) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("usher-" + (kind == Kind.READING ? "read" : "write"));
        config.setDataSource(database);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(POOLED.toMillis());
        config.setValidationTimeout(PROBING.toMillis());
        config.setInitializationFailTimeout(FIRST_CONNECTION.toMillis());
        config.setConnectionInitSql(sessionSettings(kind, statementTimeout));
        return config;
    }

    private static String sessionSettings(Kind kind, Duration statementTimeout) {
        String transactions = kind == Kind.READING ? "repeatable read, read only" : "read committed, read write";
        long millis = statementTimeout.toMillis();
        return "set session characteristics as transaction isolation level " + transactions
                + "; set statement_timeout = " + millis
                + "; set lock_timeout = " + millis * 9 / 10
                + "; set idle_in_transaction_session_timeout = " + IDLE_IN_TRANSACTION.toMillis();
    }

    /**
     * The pool pauses between its tries, for longer each time; who waits for it tries by themselves. A database that hangs
     * takes the whole second of such a try, so that it is left to those who have not waited for long.
     */
    private Connection connection(long began) throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException e) {
            boolean isNew = System.nanoTime() - began < LOOK.plus(POOLED).toNanos();
            if (!isNew && !pulse.hasBeatSince(began)) throw e;
            return extraConnection();
        }
    }

    private Connection extraConnection() throws SQLException {
        Connection extra = database.getConnection();
        try (Statement statement = extra.createStatement()) {
            statement.execute(pool.getConnectionInitSql());
            return extra;
        } catch (SQLException e) {
            extra.close();
            throw e;
        }
    }

    /** A connection to be given back by closing it.
     *
     * @param began when its user began to wait, by {@link System#nanoTime}
     * @throws Unavailable when none is to be had in time
     */
    Lent take(long began) {
        await(began);
        try {
            return connect(began);
        } catch (RuntimeException | Error e) {
            connections.release();
            throw e;
        }
    }

    private void await(long began) {
        if (connections.tryAcquire()) return;
        if (!queue.tryAcquire()) throw new Unavailable("too many wait for the database", BUSY);
        try {
            while (!connections.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS))
                if (isHopeless(began)) throw new Unavailable("no database connection is free", BUSY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for the database", e);
        } finally {
            queue.release();
        }
    }

    private boolean isHopeless(long began) {
        return System.nanoTime() - began > patience.toNanos() || pulse.isFaint(began);
    }

    /** Whoever has waited in vain before does not try at all: that is left to those who come new. */
    private Lent connect(long began) {
        while (!isHopeless(began)) {
            try {
                return new Lent(connection(began), timeoutMillis(began));
            } catch (SQLException | ConnectionException e) {
                if (isHopeless(began)) throw new Unavailable("no connection to the database", e);
            }
        }
        throw new Unavailable("no database connection is free", BUSY);
    }

    /** Those who have seen no sign of life while they waited do not wait the whole time again for the statement. */
    private int timeoutMillis(long began) {
        if (pulse.hasBeatSince(began)) return networkTimeoutMillis;
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        return (int) Math.max(GRACE.toMillis(), networkTimeoutMillis - waited);
    }

    List<Figure> figures() {
        String kind = pool.getPoolName().replace("usher-", "");
        return List.of(
                Figure.gauge(
                        "usher_store_" + kind + "_connections_free",
                        "Connections to the database that nobody uses (" + kind + ")",
                        connections::availablePermits),
                Figure.gauge(
                        "usher_store_" + kind + "_waiting",
                        "Callers that wait for such a connection (" + kind + ")",
                        () -> most - queue.availablePermits()));
    }

    @Override
    public void close() {
        pool.close();
    }

    /** A connection in somebody's hands; on its own each statement is a transaction. */
    final class Lent implements AutoCloseable {
        private final Connection connection;
        private @Nullable Handle handle;
        private boolean isOpen;

        Lent(Connection connection, int timeoutMillis) {
            this.connection = connection;
            try {
                connection.setNetworkTimeout(Runnable::run, timeoutMillis);
            } catch (SQLException e) {
                throw new ConnectionException(closed(connection, e));
            }
        }

        private static SQLException closed(Connection broken, SQLException why) {
            try {
                broken.close();
            } catch (SQLException also) {
                why.addSuppressed(also);
            }
            return why;
        }

        Connection connection() {
            return connection;
        }

        /** The query machinery over it, made when it is asked for. */
        Handle handle() {
            if (handle == null) handle = jdbi.open(connection);
            return handle;
        }

        void begin() {
            try {
                connection.setAutoCommit(false);
                isOpen = true;
            } catch (SQLException e) {
                throw new ConnectionException(e);
            }
        }

        /** The database has done what was asked. */
        void answered() {
            pulse.beat();
        }

        void commit() {
            try {
                connection.commit();
                isOpen = false;
                answered();
            } catch (SQLException e) {
                throw new Trouble.CommitFailed(e);
            }
        }

        @Override
        public void close() {
            try (Connection back = connection) {
                if (isOpen) back.rollback();
                back.setAutoCommit(true);
                if (handle != null) handle.close();
            } catch (SQLException | RuntimeException ignored) {
                // A broken connection is thrown away by the pool; the server ends its transaction.
            } finally {
                connections.release();
            }
        }
    }
}
