package dev.usher.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Brings the schema to the version of this program. Flyway is not even loaded when there is nothing to do. */
final class Migrations {
    /** The number of the newest file in {@code dev/usher/store/sqlite}; a test holds the two together. */
    static final int NEWEST = 19;

    static final String NEWEST_APPLIED =
            "select max(cast(version as integer)) from flyway_schema_history where success";

    private Migrations() {}

    /** Applies what is missing. On PostgreSQL Flyway holds a lock meanwhile, so that nodes may start together.
     *
     * @throws NewerSchema when a newer program has used this database
     */
    static void bring(Dialect dialect, DataSource source, Handle handle) {
        int applied = applied(dialect, handle);
        if (applied > NEWEST) throw new NewerSchema(applied);
        if (applied < NEWEST) migrate(dialect, source);
    }

    /** Refuses a schema that is not this program's own, and changes nothing.
     *
     * @throws IllegalStateException when the schema has another version
     */
    static void require(Dialect dialect, Handle handle) {
        int applied = applied(dialect, handle);
        if (applied != NEWEST)
            throw new IllegalStateException("the running server keeps schema version " + applied
                    + ", this program knows " + NEWEST + ": use the program of the server's version");
    }

    /** The number of the newest migration that the database has, 0 for none. */
    static int applied(Dialect dialect, Handle handle) {
        boolean hasHistory =
                handle.createQuery(dialect.countOfHistories()).mapTo(int.class).one() > 0;
        return hasHistory ? newestApplied(handle) : 0;
    }

    private static int newestApplied(Handle handle) {
        try {
            return handle.createQuery(NEWEST_APPLIED).mapTo(int.class).findOne().orElse(0);
        } catch (JdbiException e) {
            throw new IllegalStateException("the schema history cannot be read", e);
        }
    }

    private static void migrate(Dialect dialect, DataSource source) {
        Flyway.configure()
                .dataSource(source)
                .locations(dialect.migrations())
                .load()
                .migrate();
    }

    /** The data was written by a newer program. */
    static final class NewerSchema extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        NewerSchema(int found) {
            super("the data has schema version " + found + ", this program knows up to " + NEWEST
                    + ": start the newer program");
        }
    }
}
