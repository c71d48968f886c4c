package dev.usher.store;

import dev.usher.base.Unavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an exception out of a transaction means: a bug, or something that passes, and whether to try again at once. */
enum Trouble {
    /** Nothing that the database is to blame for: a refusal, or a bug. */
    NONE(0, Duration.ZERO),
    /** A unique index or a foreign key said no. If that was a race, the next run sees the other's row. */
    REFUSED_ROW(1, Duration.ofSeconds(5)),
    /** The database took the transaction back because of others: a deadlock, or no serial order. */
    CONFLICT(8, Duration.ofSeconds(5)),
    /** The connection broke, or its prepared statements are outdated, and nothing was committed. */
    LOST(32, Duration.ofSeconds(1)),
    /** The connection broke while the commit was under way: nobody knows what became of it. */
    UNKNOWN(0, Duration.ZERO),
    /** Too slow, too full, shutting down, or no longer the one that may write. */
    BUSY(0, Duration.ZERO);

    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");
    private static final Set<String> REFUSED_ROWS = Set.of("23505", "23503");
    private static final Set<String> BUSY_STATES = Set.of("57014", "55P03", "25006", "40003");
    private static final String OUTDATED_PLAN = "0A000";
    private static final String FAILED_BEFORE = "25P02";
    private static final Set<SQLiteErrorCode> BUSY_CODES = Set.of(
            SQLiteErrorCode.SQLITE_BUSY,
            SQLiteErrorCode.SQLITE_LOCKED,
            SQLiteErrorCode.SQLITE_FULL,
            SQLiteErrorCode.SQLITE_READONLY,
            SQLiteErrorCode.SQLITE_CANTOPEN,
            SQLiteErrorCode.SQLITE_NOMEM,
            SQLiteErrorCode.SQLITE_IOERR);

    private final int runsAgain;
    private final Duration patience;

    Trouble(int runsAgain, Duration patience) {
        this.runsAgain = runsAgain;
        this.patience = patience;
    }

    /** The commit failed; what broke the connection then may have come before or after it took effect. */
    static final class CommitFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CommitFailed(SQLException cause) {
            super(cause);
        }
    }

    /** Whether to run the work again that has been run again so often, and began so long ago. */
    boolean isWorthRun(int again, Duration since) {
        return again < runsAgain && since.compareTo(patience) < 0;
    }

    /** What an exception means that came out of a transaction. */
    static Trouble of(Throwable e) {
        Trouble trouble = sql(e).map(Trouble::of).orElse(NONE);
        return trouble == LOST && e instanceof CommitFailed ? UNKNOWN : trouble;
    }

    private static Trouble of(SQLException e) {
        if (e instanceof SQLiteException sqlite) return ofSqlite(sqlite.getResultCode());
        String state = e.getSQLState();
        if (state == null) return NONE;
        if (CONFLICTS.contains(state)) return CONFLICT;
        if (REFUSED_ROWS.contains(state)) return REFUSED_ROW;
        boolean broken = state.startsWith("08") || state.startsWith("57P") || state.equals(OUTDATED_PLAN);
        if (broken) return LOST;
        return BUSY_STATES.contains(state) || state.startsWith("53") || state.startsWith("58") ? BUSY : NONE;
    }

    private static Trouble ofSqlite(SQLiteErrorCode code) {
        if (code == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE || code == SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY)
            return REFUSED_ROW;
        return BUSY_CODES.stream().anyMatch(busy -> busy.code == (code.code & 0xff)) ? BUSY : NONE;
    }

    /** What the caller is told: trouble that passes becomes {@link Unavailable}, everything else stays what it is. */
    RuntimeException told(RuntimeException e) {
        return switch (this) {
            case NONE, REFUSED_ROW -> e;
            case CONFLICT -> new Unavailable("too many writes about the same thing", e);
            case LOST -> new Unavailable("the connection to the database broke", e);
            case UNKNOWN -> new Unavailable("the connection to the database broke during a commit", e);
            case BUSY -> new Unavailable("the database does not answer in time", e);
        };
    }

    /** Whether an exception says that a unique index refused a row. */
    static boolean isDuplicate(Throwable e) {
        return sql(e).filter(Trouble::isDuplicate).isPresent();
    }

    private static boolean isDuplicate(SQLException e) {
        if (e instanceof SQLiteException sqlite)
            return sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
                    || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY;
        return "23505".equals(e.getSQLState());
    }

    /** The database's first word: what came after it in the same transaction only says that this one failed. */
    private static Optional<SQLException> sql(Throwable e) {
        SQLException found = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            boolean counts = found == null || FAILED_BEFORE.equals(found.getSQLState());
            if (counts && cause instanceof SQLException sql) found = sql;
        }
        return Optional.ofNullable(found);
    }
}
