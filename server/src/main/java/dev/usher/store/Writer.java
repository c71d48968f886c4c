package dev.usher.store;

import dev.usher.base.Figure;
import dev.usher.base.Origin;
import dev.usher.base.Unavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes to SQLite. It takes every waiting job, runs each in a savepoint of its own, commits once and
 * only then answers all of them (group commit): a full sync costs the same for one job as for two hundred.
 */
final class Writer implements AutoCloseable {
    private static final int LARGEST_GROUP = 256;
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final BlockingQueue<Job<?>> queue;
    private final Lease lease;
    private final Duration patience;
    private final Thread thread;
    private final LongAdder commits = new LongAdder();
    private final LongAdder jobs = new LongAdder();
    private volatile boolean closing;
    private volatile Optional<Witness.Calling> witnesses = Optional.empty();

    /** Lends the writing connection for one group. */
    interface Lease {
        SqliteConnection take() throws InterruptedException;

        void giveBack(SqliteConnection connection);
    }

    Writer(Lease lease, int queueLength, Duration patience) {
        this.lease = lease;
        this.queue = new ArrayBlockingQueue<>(queueLength);
        this.patience = patience;
        this.thread = Thread.ofPlatform().name("usher-writer").daemon(false).start(this::run);
    }

    void watchedBy(Witness.Calling calling) {
        witnesses = Optional.of(calling);
    }

    <T> T submit(Function<WriteTx, T> work) {
        Job<T> job = new Job<>(work, Origin.current());
        if (closing || !queue.offer(job)) throw new Unavailable("the write queue is full", BUSY);
        try {
            T value = job.result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            job.committed();
            return value;
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } catch (TimeoutException e) {
            job.result.cancel(false);
            throw new Unavailable("the database did not commit in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for a commit", e);
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException expected) return expected;
        if (cause instanceof Error error) throw error;
        return new IllegalStateException(cause);
    }

    private void run() {
        List<Job<?>> group = new ArrayList<>(LARGEST_GROUP);
        while (!closing || !queue.isEmpty()) {
            try {
                Job<?> first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) continue;
                group.add(first);
                queue.drainTo(group, LARGEST_GROUP - 1);
                commit(group);
            } catch (InterruptedException e) {
                closing = true;
            } finally {
                group.clear();
            }
        }
    }

    private void commit(List<Job<?>> group) throws InterruptedException {
        SqliteConnection connection = lease.take();
        try {
            connection.execute("begin immediate");
            for (Job<?> job : group) if (!job.isGivenUp()) job.run(connection, witnesses);
            connection.execute("commit");
            commits.increment();
            jobs.add(group.size());
            group.forEach(Job::answer);
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection);
            group.forEach(job -> job.failed(new Unavailable("the database did not commit", e)));
        } finally {
            lease.giveBack(connection);
        }
    }

    private static void rollBack(SqliteConnection connection) {
        try {
            connection.execute("rollback");
        } catch (SQLException ignored) {
            // SQLite has rolled back by itself where the statement says that no transaction is open.
        }
    }

    List<Figure> figures() {
        return List.of(
                Figure.gauge("usher_store_writes_waiting", "Writes that wait for their group", queue::size),
                Figure.counter("usher_store_commits_total", "Commits, each of a group of writes", commits::sum),
                Figure.counter("usher_store_committed_writes_total", "Writes in these groups", jobs::sum));
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One caller's work and the place where its answer is waited for. */
    private static final class Job<T> {
        private final Function<WriteTx, T> work;
        private final Origin origin;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private @Nullable T value;
        private @Nullable WriteTx tx;
        private @Nullable RuntimeException refusal;

        Job(Function<WriteTx, T> work, Origin origin) {
            this.work = work;
            this.origin = origin;
        }

        /** Whether its caller has stopped to wait, and has been told that nothing was done. */
        boolean isGivenUp() {
            return result.isCancelled();
        }

        /** Runs the work in a savepoint; what it throws takes back its own writes and nobody else's. */
        void run(SqliteConnection connection, Optional<Witness.Calling> witnesses) throws SQLException {
            connection.execute("savepoint job");
            tx = new WriteTx(connection.handle(), Dialect.SQLITE, origin, witnesses);
            try {
                value = work.apply(tx);
                tx.finish();
            } catch (RuntimeException e) {
                refusal = Trouble.of(e).told(e);
                connection.execute("rollback to job");
            }
            connection.execute("release job");
        }

        @SuppressWarnings("NullAway") // A work that answers null is answered with null.
        void answer() {
            if (refusal != null) result.completeExceptionally(refusal);
            else result.complete(value);
        }

        /** In the caller's thread; the future's completion makes the writer's fields visible to it. */
        void committed() {
            if (tx != null) tx.committed();
        }

        void failed(Throwable trouble) {
            result.completeExceptionally(trouble);
        }
    }
}
