package dev.usher.store;

/** Tells a refused duplicate from trouble, for inserts that a unique index decides. */
public final class Duplicates {
    private Duplicates() {}

    /**
     * Whether the statement failed because a unique index refused the row. The transaction can then only be given up: turn
     * this into a refusal. To go on instead, insert with {@code on conflict do nothing} and count the rows.
     */
    public static boolean caused(RuntimeException e) {
        return Trouble.isDuplicate(e);
    }
}
