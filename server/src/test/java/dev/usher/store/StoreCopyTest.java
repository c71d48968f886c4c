package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.testing.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCopyTest {
    private static final int USERS = 1203;

    @TempDir
    private Path folder;

    private final String database = PostgresServer.shared().newDatabase();
    private Path file = Path.of("usher.db");

    @BeforeEach
    void fill() {
        file = folder.resolve("usher.db");
        try (Store store = SqliteStore.open(file, 1, 512)) {
            store.change(tx -> {
                StoreSuite.insert(tx, "ins");
                for (int i = 0; i < USERS; i++) insertUser(tx, i);
            });
        }
    }

    private static void insertUser(WriteTx tx, int i) {
        tx.update("""
                insert into user_account (id, instance_id, first_name, public_metadata, banned, last_sign_in_at,
                    created_at, updated_at)
                values (:id, 'ins', :name, '{"n": [1, null]}', :banned, :at, :i, 4102444800000)
                """)
                .bind("id", "user_" + i)
                .bind("name", i % 2 == 0 ? null : "Zoë ☕ 😀 \\ \" ' " + i)
                .bind("banned", i % 3 == 0)
                .bind("at", i % 5 == 0 ? null : Long.valueOf(i))
                .bind("i", i)
                .execute();
        tx.update("""
                insert into email_address (id, instance_id, user_id, email_address, created_at, updated_at)
                values (:id, 'ins', :user, :id, 0, 0)
                """).bind("id", "idn_" + i).bind("user", "user_" + i).execute();
    }

    @AfterEach
    void drop() {
        PostgresServer.shared().drop(database);
    }

    private PostgresAddress target() {
        return PostgresAddress.parse(PostgresServer.shared().url(database)).orElseThrow();
    }

    private Map<String, Long> copy(StoreCopy.Progress progress) {
        try (StoreCopy copy = StoreCopy.open(file, target())) {
            return copy.run(progress);
        }
    }

    private static List<Map<String, Object>> users(Store store) {
        return store.read(tx -> tx.query("""
                        select id, first_name, public_metadata, last_sign_in_at, created_at, updated_at,
                            case when banned then 'banned' else 'free' end as banned
                        from user_account order by id
                        """).mapToMap().list());
    }

    @Test
    void everyRowArrivesAsItWas() {
        List<String> told = new ArrayList<>();
        Map<String, Long> copied = copy((table, rows, of) -> told.add(table + " " + rows + "/" + of));
        assertThat(copied)
                .containsEntry("instance", 1L)
                .containsEntry("user_account", (long) USERS)
                .containsEntry("email_address", (long) USERS)
                .containsEntry("session", 0L)
                .doesNotContainKeys("lease", "flyway_schema_history");
        assertThat(told).contains("user_account 500/1203", "user_account 1000/1203", "user_account 1203/1203");
        try (Store from = SqliteStore.open(file, 1, 16);
                Store to = TestStore.open(database)) {
            assertThat(users(to).toString()).isEqualTo(users(from).toString());
        }
    }

    @Test
    void aTargetWithDataIsRefusedAndStaysAsItIs() {
        copy((table, rows, of) -> {});
        assertThatThrownBy(() -> copy((table, rows, of) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the target has data");
        assertThat(rowsInTarget()).isEqualTo(USERS);
    }

    private int rowsInTarget() {
        try (Store to = TestStore.open(database)) {
            return to.<Integer>read(tx -> tx.query("select count(*) from user_account")
                    .mapTo(int.class)
                    .one());
        }
    }

    @Test
    void aRowThatCannotBeKeptLeavesTheTargetEmpty() {
        try (Store store = SqliteStore.open(file, 1, 512)) {
            store.change(tx -> tx.update("update email_address set email_address = 'a' || char(0) where id = 'idn_7'")
                    .execute());
        }
        assertThatThrownBy(() -> copy((table, rows, of) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing was copied");
        assertThat(rowsInTarget()).isZero();
    }

    @Test
    void dataOfAnotherVersionIsRefused() {
        try (Store store = SqliteStore.open(file, 1, 512)) {
            store.change(
                    tx -> tx.update("delete from flyway_schema_history where version = '" + Migrations.NEWEST + "'")
                            .execute());
        }
        assertThatThrownBy(() -> copy((table, rows, of) -> {})).hasMessageContaining("schema version");
    }

    @Test
    void aRowThatChangedOnTheWayWouldBeSeen() throws Exception {
        copy((table, rows, of) -> {});
        try (StoreCopy copy = StoreCopy.open(file, target())) {
            assertThat(copy.differences()).isEmpty();
            PostgresServer.shared()
                    .execute(database, "update user_account set banned = not banned where id = 'user_9'");
            PostgresServer.shared().execute(database, "delete from email_address where id = 'idn_9'");
            assertThat(copy.differences()).containsExactly("user_account", "email_address");
        }
    }
}
