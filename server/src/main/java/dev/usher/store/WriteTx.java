package dev.usher.store;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** A transaction that may also write. Exists only inside {@link Store#write}. */
public final class WriteTx extends Tx {
    private final Dialect dialect;
    private final List<Runnable> afterCommit = new ArrayList<>(0);

    WriteTx(Handle handle, Dialect dialect) {
        super(handle);
        this.dialect = dialect;
    }

    /** A statement that changes rows; {@code execute()} tells how many. */
    public Update update(String sql) {
        return handle().createUpdate(sql);
    }

    @Override
    public Query held(String sql) {
        return handle().createQuery(dialect.holding(sql));
    }

    /**
     * Something short that cannot fail, done when the changes are there for everybody to see; not done when they are taken
     * back.
     */
    public void afterCommit(Runnable consequence) {
        afterCommit.add(consequence);
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }
}
