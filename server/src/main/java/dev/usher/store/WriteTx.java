package dev.usher.store;

import dev.usher.base.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** A transaction that may also write. Exists only inside {@link Store#write}. */
public final class WriteTx extends Tx {
    private final Dialect dialect;
    private final Origin origin;
    private final Optional<Witness.Calling> witnesses;
    private final List<Runnable> afterCommit = new ArrayList<>(0);
    private @Nullable Witness witness;

    WriteTx(Handle handle, Dialect dialect, Origin origin, Optional<Witness.Calling> witnesses) {
        super(handle);
        this.dialect = dialect;
        this.origin = origin;
        this.witnesses = witnesses;
    }

    /** Where the request came from that this is done for. */
    public Origin origin() {
        return origin;
    }

    /** Says what is being done, to whoever wants to be told of it. */
    public void note(Change change) {
        if (witness == null && witnesses.isPresent()) witness = witnesses.get().to(this);
        if (witness != null) witness.saw(change);
    }

    void finish() {
        if (witness != null) witness.beforeCommit();
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
