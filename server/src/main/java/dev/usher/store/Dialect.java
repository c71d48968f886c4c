package dev.usher.store;

/** What differs between the databases in the text of a statement. */
enum Dialect {
    /** One writer at a time: whatever a write reads stays as it is until its end. */
    SQLITE("sqlite", "", "select count(*) from sqlite_master where name = 'flyway_schema_history'"),

    /** Many writers: a row that others must not change meanwhile is locked. References to the row stay possible. */
    POSTGRES("postgres", "\nfor no key update", """
            select count(*) from information_schema.tables
            where table_name = 'flyway_schema_history' and table_schema = current_schema()
            """);

    private final String folder;
    private final String hold;
    private final String countOfHistories;

    Dialect(String folder, String hold, String countOfHistories) {
        this.folder = folder;
        this.hold = hold;
        this.countOfHistories = countOfHistories;
    }

    /** Where its migrations are. */
    String migrations() {
        return "classpath:dev/usher/store/" + folder;
    }

    /** The query, holding the rows that it finds until the transaction ends. */
    String holding(String query) {
        return query.stripTrailing() + hold;
    }

    /** Counts the tables in which the applied migrations are written down: one or none. */
    String countOfHistories() {
        return countOfHistories;
    }
}
