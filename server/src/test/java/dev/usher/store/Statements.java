package dev.usher.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/** Writes down the statements that a store runs. */
public final class Statements {
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private Statements() {}

    public static Statements of(SqliteStore store) {
        Statements statements = new Statements();
        store.change(tx -> tx.handle().getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                statements.seen.add(String.valueOf(context.getRenderedSql()));
            }
        }));
        return statements;
    }

    /** The statements since the last time. */
    public List<String> taken() {
        List<String> taken = List.copyOf(seen);
        seen.clear();
        return taken;
    }
}
