package dev.usher.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** A consistent view of the database. Exists only inside {@link Store#read}, {@link Store#glance} or {@link Store#write}. */
public sealed class Tx permits WriteTx {
    private final Handle handle;

    Tx(Handle handle) {
        this.handle = handle;
    }

    /** A query; its text is constant, its values are bound by name. */
    public final Query query(String sql) {
        return handle.createQuery(sql);
    }

    /**
     * A query for the row of an owner, such as a client or a user, that the rest of the transaction depends on. A write
     * holds the row until its end, so that writes about one owner go one after the other on every database; what is read
     * after it is as new as the row. The query names one table and has no grouping.
     */
    public Query held(String sql) {
        return handle.createQuery(sql);
    }

    final Handle handle() {
        return handle;
    }
}
