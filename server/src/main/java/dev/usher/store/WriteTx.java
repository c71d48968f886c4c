package dev.usher.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** A transaction that may also write. Exists only inside {@link Store#write}. */
public final class WriteTx extends Tx {
    WriteTx(Handle handle) {
        super(handle);
    }

    /** A statement that changes rows; {@code execute()} tells how many. */
    public Update update(String sql) {
        return handle().createUpdate(sql);
    }
}
