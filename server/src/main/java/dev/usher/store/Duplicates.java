package dev.usher.store;

/** Tells a refused duplicate from trouble, for inserts that a unique index decides. */
public final class Duplicates {
    private Duplicates() {}

    /** Whether the statement failed because a unique index refused the row. */
    public static boolean caused(RuntimeException e) {
        return SqliteStore.isDuplicate(e);
    }
}
