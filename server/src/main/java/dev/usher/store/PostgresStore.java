package dev.usher.store;

import dev.usher.base.Figure;
import dev.usher.base.Origin;
import dev.usher.base.Unavailable;
import dev.usher.base.WaitedInVain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL 15 or newer, or what speaks its protocol, for any number of nodes. Reads see one snapshot (repeatable read);
 * writes see what others have committed (read committed), hold the rows that they depend on and are run again after a
 * conflict.
 */
public final class PostgresStore implements Store {
    private final PostgresPool readers;
    private final PostgresPool writers;
    private volatile Optional<Witness.Calling> witnesses = Optional.empty();

    /**
     * Where the database is and how much is asked of it.
     *
     * @param readers connections for reads, writers those for writes
     * @param queue callers that may wait for a connection
     * @param patience how long they wait while the database makes progress
     * @param statementTimeout how long one statement may take
     */
    public record Settings(
            PostgresAddress address,
            int readers,
            int writers,
            int queue,
            Duration patience,
            Duration statementTimeout) {
        /** The same for a short piece of work. */
        public Settings withConnections(int count) {
            return new Settings(address, count, count, queue, patience, statementTimeout);
        }
    }

    private PostgresStore(Settings settings, PGSimpleDataSource source) {
        Pulse pulse = new Pulse(settings.statementTimeout());
        readers = new PostgresPool(settings, source, pulse, PostgresPool.Kind.READING);
        writers = new PostgresPool(settings, source, pulse, PostgresPool.Kind.WRITING);
    }

    /** Opens the database and brings its schema to this program's version.
     *
     * @throws IllegalStateException when it cannot be reached or was written by a newer program
     */
    public static PostgresStore open(Settings settings) {
        PGSimpleDataSource source = settings.address().source();
        migrate(settings.address(), source);
        return new PostgresStore(settings, source);
    }

    /** Opens the database beside running nodes that own it: no schema is changed. */
    public static PostgresStore beside(Settings settings) {
        PGSimpleDataSource source = settings.address().source();
        visit(settings.address(), source, handle -> Migrations.require(Dialect.POSTGRES, handle));
        return new PostgresStore(settings, source);
    }

    static void migrate(PostgresAddress address, PGSimpleDataSource source) {
        visit(address, source, handle -> Migrations.bring(Dialect.POSTGRES, source, handle));
    }

    private static void visit(PostgresAddress address, PGSimpleDataSource source, Consumer<Handle> migrations) {
        try (Handle handle = Jdbi.create(source).open()) {
            migrations.accept(handle);
        } catch (ConnectionException e) {
            throw new IllegalStateException("cannot open " + address + ": " + reason(e), e);
        }
    }

    private static String reason(Throwable e) {
        return String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }

    @Override
    public <T> T read(Function<Tx, T> work) {
        return repeated(began -> inTransaction(readers, began, handle -> work.apply(new Tx(handle))));
    }

    @Override
    public <T> T glance(Function<Tx, T> work) {
        return repeated(began -> {
            try (PostgresPool.Lent lent = readers.take(began)) {
                T result = work.apply(new Tx(lent.connection(), lent::handle));
                lent.answered();
                return result;
            }
        });
    }

    private record Committed<T>(T result, WriteTx tx) {}

    @Override
    public <T> T write(Function<WriteTx, T> work) {
        Committed<T> done = repeated(began -> inTransaction(writers, began, handle -> {
            WriteTx tx = new WriteTx(handle, Dialect.POSTGRES, Origin.current(), witnesses);
            T result = work.apply(tx);
            tx.finish();
            return new Committed<>(result, tx);
        }));
        done.tx().committed();
        return done.result();
    }

    @Override
    public void watchedBy(Witness.Calling calling) {
        witnesses = Optional.of(calling);
    }

    private static <T> T inTransaction(PostgresPool pool, long began, Function<Handle, T> work) {
        try (PostgresPool.Lent lent = pool.take(began)) {
            lent.begin();
            T result = work.apply(lent.handle());
            lent.commit();
            return result;
        }
    }

    /** Runs it again after a conflict or a broken connection, for as long as nothing can have been committed. */
    private static <T> T repeated(LongFunction<T> run) {
        WaitedInVain inVain = WaitedInVain.current();
        long called = System.nanoTime();
        long began = called - inVain.nanos();
        for (int again = 0; ; again++) {
            try {
                return run.apply(began);
            } catch (RuntimeException e) {
                Trouble trouble = Trouble.of(e);
                if (!trouble.isWorthRun(again, Duration.ofNanos(System.nanoTime() - began))) {
                    inVain.since(called);
                    throw trouble.told(e);
                }
                if (trouble == Trouble.CONFLICT) pause(again);
            }
        }
    }

    /** Longer from time to time and never the same, so that those in conflict do not meet again. */
    private static void pause(int again) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, 4L << Math.min(again, 6)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for the database", e);
        }
    }

    @Override
    public List<Figure> figures() {
        return Stream.concat(readers.figures().stream(), writers.figures().stream())
                .toList();
    }

    @Override
    public long skewMillis() {
        long asked = System.currentTimeMillis();
        long there = glance(tx -> tx.query("select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)")
                .mapTo(Long.class)
                .one());
        return (asked + System.currentTimeMillis()) / 2 - there;
    }

    @Override
    public void close() {
        writers.close();
        readers.close();
    }
}
