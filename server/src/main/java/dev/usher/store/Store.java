package dev.usher.store;

import java.util.function.Consumer;
import java.util.function.Function;

/** The database: every statement runs inside one of these transactions. */
public interface Store extends AutoCloseable {
    /** Runs reads on one consistent view.
     *
     * @throws dev.usher.base.Unavailable when the database does not answer in time
     */
    <T> T read(Function<Tx, T> work);

    /**
     * Runs reads and writes that commit as one, durable when this returns. An exception of the work takes back all of it.
     * The work is short: no hashing, signing or network inside.
     *
     * @throws dev.usher.base.Unavailable when the queue is full or the database does not answer in time
     */
    <T> T write(Function<WriteTx, T> work);

    /** {@link #write} without a result. */
    default void change(Consumer<WriteTx> work) {
        write(tx -> {
            work.accept(tx);
            return Boolean.TRUE;
        });
    }

    /** Waits for what was accepted, then closes the files. */
    @Override
    void close();
}
