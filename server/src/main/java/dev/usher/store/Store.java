package dev.usher.store;

import dev.usher.base.Figure;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The database: every statement runs inside one of these transactions. */
public interface Store extends AutoCloseable {
    /** Runs reads on one consistent view.
     *
     * @throws dev.usher.base.Unavailable when the database does not answer in time
     */
    <T> T read(Function<Tx, T> work);

    /** Runs one query on the newest committed state, in one round trip. With more than one, use {@link #read}.
     *
     * @throws dev.usher.base.Unavailable when the database does not answer in time
     */
    <T> T glance(Function<Tx, T> work);

    /**
     * Runs reads and writes that commit as one, durable when this returns. An exception of the work takes back all of it.
     * The work is short: no hashing, signing or network inside. It may be run again after a conflict with others, so that
     * all it does is done in the transaction or, by {@link WriteTx#afterCommit}, once that has committed. Each statement
     * sees what others have committed before it; what must not change meanwhile is read by {@link Tx#held} or decided by
     * a guarded update.
     *
     * @throws dev.usher.base.Unavailable when the queue is full or the database does not answer in time
     */
    <T> T write(Function<WriteTx, T> work);

    /** Has every transaction that notes what it does watched from now on; said once while the house is put together. */
    void watchedBy(Witness.Calling witnesses);

    /** {@link #write} without a result. */
    default void change(Consumer<WriteTx> work) {
        write(tx -> {
            work.accept(tx);
            return Boolean.TRUE;
        });
    }

    /** What can be said of its queues and connections. */
    default List<Figure> figures() {
        return List.of();
    }

    /** How far this machine's clock is ahead of the database's; 0 where they are the same. */
    default long skewMillis() {
        return 0;
    }

    /** Waits for what was accepted, then closes the files. */
    @Override
    void close();
}
