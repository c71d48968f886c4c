package dev.usher.store;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** A transaction that may also write. Exists only inside {@link Store#write}. */
public final class WriteTx extends Tx {
    private final List<Runnable> afterCommit = new ArrayList<>(0);

    WriteTx(Handle handle) {
        super(handle);
    }

    /** A statement that changes rows; {@code execute()} tells how many. */
    public Update update(String sql) {
        return handle().createUpdate(sql);
    }

    /** Something short that cannot fail, done when the changes are there for everybody to see; not done when they are taken back. */
    public void afterCommit(Runnable signal) {
        afterCommit.add(signal);
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }
}
