package dev.usher.store;

/** The version of what is in a database. */
public final class Schema {
    private Schema() {}

    /** Whether the database has everything that this program needs. A newer program may have added to it meanwhile. */
    public static boolean isCurrent(Tx tx) {
        return tx.query(Migrations.NEWEST_APPLIED)
                        .mapTo(Integer.class)
                        .findOne()
                        .orElse(0)
                >= Migrations.NEWEST;
    }
}
