package dev.usher.factor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.store.Store;
import dev.usher.store.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.class)
class BackupCodesTest {
    private static final Instant T0 = Instant.parse("2026-11-24T08:00:00Z");

    private final Store store;
    private final Randomness randomness = new Randomness();
    private final Passwords passwords = new Passwords(2, 64, Duration.ofSeconds(60));
    private final BackupCodes codes = new BackupCodes(new Ids(randomness), randomness, passwords);

    BackupCodesTest(TestStore kind) {
        store = kind.open();
        super();
    }

    @BeforeEach
    void somebodyHasAnAccount() {
        store.change(tx -> {
            tx.update(
                            "insert into instance (id, name, environment, frontend_api_host, created_at, updated_at) values ('ins_1','n','development','a.b',0,0)")
                    .execute();
            tx.update("insert into user_account (id, instance_id, created_at, updated_at) values ('u','ins_1',0,0)")
                    .execute();
        });
    }

    @AfterEach
    void close() {
        passwords.close();
        store.close();
    }

    @Test
    void tenOfThemAndNoneInTheClear() {
        BackupCodes.Made made = codes.make(T0);
        store.change(tx -> codes.save(tx, "u", made));
        assertThat(made.codes()).hasSize(10).doesNotHaveDuplicates().allMatch(code -> code.matches("[2-9a-z]{8}"));
        List<String> kept = store.read(tx -> tx.query("select code_hash from backup_code")
                .mapTo(String.class)
                .list());
        assertThat(kept).hasSize(10).doesNotContainAnyElementsOf(made.codes());
        assertThat(codes.hash(
                        made.codes().getFirst().toUpperCase(Locale.ROOT) + " ",
                        new BackupCodes.Kept(made.id(), made.salt(), List.of())))
                .isIn(kept);
    }

    @Test
    void ofSixteenAtOnceOneSpendsIt() throws Exception {
        for (int round = 0; round < 50; round++) {
            int number = round;
            BackupCodes.Made made =
                    new BackupCodes.Made("set" + number, List.of("c"), "salt", List.of("hash" + number), T0);
            store.change(tx -> codes.save(tx, "u", made));
            List<Boolean> spent = atOnce(16, () -> store.write(tx -> codes.spend(tx, made.id(), "hash" + number, T0)));
            assertThat(spent).filteredOn(Boolean::booleanValue).hasSize(1);
        }
    }

    private static <T> List<T> atOnce(int count, Callable<T> task) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) futures.add(threads.submit(task));
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) results.add(future.get());
            return results;
        }
    }
}
