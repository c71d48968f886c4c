package dev.usher.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** A consistent view of the database. Exists only inside {@link Store#read} or {@link Store#write}. */
public sealed class Tx permits WriteTx {
    private final Handle handle;

    Tx(Handle handle) {
        this.handle = handle;
    }

    /** A query; its text is constant, its values are bound by name. */
    public final Query query(String sql) {
        return handle.createQuery(sql);
    }

    final Handle handle() {
        return handle;
    }
}
