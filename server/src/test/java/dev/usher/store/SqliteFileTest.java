package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.base.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileTest extends StoreSuite {
    @TempDir
    private Path folder;

    @Override
    Store open() {
        return SqliteStore.open(folder.resolve("usher.db"), 2, 512);
    }

    @Test
    void keepsWhatItAcknowledged() {
        store().change(tx -> insert(tx, "a"));
        store().close();
        try (Store again = open()) {
            assertThat(again.read(StoreSuite::count)).isEqualTo(1);
        }
    }

    @Test
    void syncsEveryCommit() {
        assertThat(store().<Integer>write(tx ->
                        tx.query("pragma synchronous").mapTo(int.class).one()))
                .isEqualTo(2);
        assertThat(store().<String>write(tx ->
                        tx.query("pragma journal_mode").mapTo(String.class).one()))
                .isEqualTo("wal");
    }

    @Test
    void readersCannotWrite() {
        assertThatThrownBy(() -> store().read(tx -> tx.query(
                                "insert into lease (name, owner, fence, held_until) values ('a', 'a', 1, 0) returning 1")
                        .mapTo(int.class)
                        .one()))
                .isInstanceOf(RuntimeException.class);
        assertThat(store().<Integer>read(tx ->
                        tx.query("select count(*) from lease").mapTo(int.class).one()))
                .isZero();
    }

    @Test
    void refusesWhatItsQueueCannotHold() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Store small = SqliteStore.open(folder.resolve("small.db"), 1, 16);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch started = new CountDownLatch(1);
            threads.submit(() -> small.<Boolean>write(tx -> {
                started.countDown();
                try {
                    return release.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    return false;
                }
            }));
            started.await();
            var results = StoreSuite.<Boolean>inParallel(40, i -> () -> {
                if (i == 39) release.countDown();
                try {
                    small.change(tx -> insert(tx, "i" + i));
                    return true;
                } catch (Unavailable e) {
                    return false;
                }
            });
            long acknowledged = results.stream().filter(one -> one).count();
            assertThat((long) small.read(StoreSuite::count)).isEqualTo(acknowledged);
        }
    }

    @Test
    void refusesDataOfANewerProgram() {
        store().change(tx -> tx.update(
                        "insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                                + " execution_time, success) values (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 0, 1)")
                .execute());
        store().close();
        assertThatThrownBy(this::open).hasMessageContaining("schema version 99");
    }

    @Test
    void knowsItsNewestMigration() throws Exception {
        Path migrations = Path.of("src/main/resources/dev/usher/store/sqlite");
        try (var files = Files.list(migrations)) {
            int newest = files.map(file -> Pattern.compile("V(\\d+)__")
                            .matcher(file.getFileName().toString()))
                    .filter(java.util.regex.Matcher::find)
                    .mapToInt(match -> Integer.parseInt(match.group(1)))
                    .max()
                    .orElse(0);
            assertThat(newest).isEqualTo(Migrations.NEWEST);
        }
    }
}
