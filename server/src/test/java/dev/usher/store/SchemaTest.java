package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Both databases have the same migrations, and they come to the same. */
class SchemaTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources/dev/usher/store");
    private static final String OURS = "not like 'flyway%'";

    private static List<String> files(String folder) throws IOException {
        try (var files = Files.list(MIGRATIONS.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void bothFoldersHaveTheSameFiles() throws IOException {
        assertThat(files("postgres")).isEqualTo(files("sqlite"));
        assertThat(files("sqlite")).allMatch(name -> name.matches("V[1-9]\\d*__[a-z0-9_]+\\.sql"));
        assertThat(files("sqlite").stream().map(name -> name.substring(0, name.indexOf("__"))))
                .doesNotHaveDuplicates();
    }

    /** Each column as {@code table.column type [not null]}. */
    private static Set<String> sqliteColumns(Tx tx) {
        return lines(tx, """
                select t.name || '.' || c.name || ' ' || replace(lower(c.type), 'blob', 'bytea')
                    || case when c."notnull" = 1 or c.pk > 0 then ' not null' else '' end
                from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table' and t.name %s
                """.formatted(OURS));
    }

    private static Set<String> postgresColumns(Tx tx) {
        return lines(tx, """
                select table_name || '.' || column_name || ' ' || data_type
                    || case when is_nullable = 'NO' then ' not null' else '' end
                from information_schema.columns where table_schema = current_schema() and table_name %s
                """.formatted(OURS));
    }

    private static Set<String> lines(Tx tx, String sql) {
        return new TreeSet<>(tx.query(sql).mapTo(String.class).list());
    }

    @Test
    void bothDatabasesHaveTheSameColumns() {
        try (Store sqlite = TestStore.SQLITE.open();
                Store postgres = TestStore.POSTGRES.open()) {
            Set<String> columns = sqlite.read(SchemaTest::sqliteColumns);
            assertThat(columns).contains("session.id text not null", "session.closed_at bigint");
            Set<String> others = postgres.read(SchemaTest::postgresColumns);
            assertThat(others).isEqualTo(columns);
        }
    }

    /** The statement without what the databases write differently: spaces, the schema, casts and parentheses. */
    private static String plain(String index) {
        return index.toLowerCase(Locale.ROOT)
                .replaceAll("\\bpublic\\.|\\busing btree\\b|::[a-z]+(\\[\\])?|[\\s()\"]", "");
    }

    @Test
    void bothDatabasesHaveTheSameIndexes() {
        try (Store sqlite = TestStore.SQLITE.open();
                Store postgres = TestStore.POSTGRES.open()) {
            Set<String> indexes = new TreeSet<>();
            sqlite.read(tx -> lines(tx, """
                            select sql from sqlite_master where type = 'index' and sql is not null and tbl_name %s
                            """.formatted(OURS))).forEach(sql -> indexes.add(plain(sql)));
            Set<String> others = new TreeSet<>();
            postgres.read(tx -> lines(tx, """
                            select i.indexdef from pg_indexes i
                            where i.schemaname = current_schema() and i.tablename %s and not exists (
                                select 1 from pg_constraint c where c.conname = i.indexname)
                            """.formatted(OURS))).forEach(sql -> others.add(plain(sql)));
            assertThat(indexes).isNotEmpty();
            assertThat(others).isEqualTo(indexes);
        }
    }

    @Test
    void bothDatabasesHaveTheSameReferences() {
        String sqliteText = """
                select t.name || '.' || f."from" || ' ' || f."table" || ' ' || lower(f.on_delete)
                from sqlite_master t, pragma_foreign_key_list(t.name) f where t.type = 'table'
                """;
        String postgresText = """
                select k.table_name || '.' || k.column_name || ' ' || u.table_name || ' ' || lower(r.delete_rule)
                from information_schema.referential_constraints r
                    join information_schema.key_column_usage k on k.constraint_name = r.constraint_name
                    join information_schema.key_column_usage u on u.constraint_name = r.unique_constraint_name
                        and u.ordinal_position = k.position_in_unique_constraint
                """;
        try (Store sqlite = TestStore.SQLITE.open();
                Store postgres = TestStore.POSTGRES.open()) {
            Set<String> references = sqlite.read(tx -> lines(tx, sqliteText));
            assertThat(references).contains("session.user_id user_account cascade");
            Set<String> others = postgres.read(tx -> lines(tx, postgresText));
            assertThat(others).isEqualTo(references);
        }
    }
}
