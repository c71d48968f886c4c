package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.base.Unavailable;
import dev.usher.testing.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends StoreSuite {
    private final PostgresServer server = PostgresServer.shared();
    private final String database = TestStore.newDatabase();

    @Override
    Store open() {
        return TestStore.open(database);
    }

    private Store open(int writers, int queue, Duration patience, Duration statementTimeout) {
        return PostgresStore.open(new PostgresStore.Settings(
                PostgresAddress.parse(server.url(database)).orElseThrow(),
                2,
                writers,
                queue,
                patience,
                statementTimeout));
    }

    private static int rename(WriteTx tx, String id, String name) {
        return tx.update("update instance set name = :name where id = :id")
                .bind("id", id)
                .bind("name", name)
                .execute();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nodesThatStartTogetherMakeOneSchema() throws Exception {
        String empty = server.newDatabase();
        List<Integer> applied = inParallel(3, i -> () -> {
            try (Store node = TestStore.open(empty)) {
                return node.<Integer>read(tx -> tx.query("select count(*) from flyway_schema_history where success")
                        .mapTo(int.class)
                        .one());
            }
        });
        assertThat(applied).containsOnly(applied.getFirst());
        assertThat(applied.getFirst()).isPositive();
    }

    @Test
    void refusesDataOfANewerProgram() {
        server.execute(
                database,
                "insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                        + " execution_time, success) values (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 0, true)");
        assertThatThrownBy(this::open).hasMessageContaining("schema version 99");
    }

    @Test
    void saysInOneLineThatItCannotBeReached() {
        assertThatThrownBy(() -> PostgresStore.open(TestStore.settings("jdbc:postgresql://127.0.0.1:1/nothing")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("127.0.0.1:1");
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
    void everyConnectionHasItsLimits() {
        for (String setting : List.of("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")) {
            assertThat(store().<String>write(tx ->
                            tx.query("show " + setting).mapTo(String.class).one()))
                    .as(setting)
                    .isNotEqualTo("0");
            assertThat(store().<String>glance(tx ->
                            tx.query("show " + setting).mapTo(String.class).one()))
                    .as(setting)
                    .isNotEqualTo("0");
        }
    }

    @Test
    void writesAboutOneOwnerGoOneAfterTheOther() throws Exception {
        store().change(tx -> insert(tx, "a"));
        inParallel(
                40,
                i -> () -> store().<Integer>write(tx -> {
                    int before = tx.held("select created_at from instance where id = 'a'")
                            .mapTo(int.class)
                            .one();
                    return tx.update("update instance set created_at = :next where id = 'a'")
                            .bind("next", before + 1)
                            .execute();
                }));
        assertThat(store().<Integer>read(tx -> tx.query("select created_at from instance")
                        .mapTo(int.class)
                        .one()))
                .isEqualTo(40);
    }

    @Test
    void aDeadlockIsResolvedAndBothWritesAreDone() throws Exception {
        store().change(tx -> {
            insert(tx, "a");
            insert(tx, "b");
        });
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        AtomicInteger runs = new AtomicInteger();
        List<String> order = List.of("a", "b", "a");
        inParallel(
                2,
                i -> () -> store().<Integer>write(tx -> {
                    int run = runs.incrementAndGet();
                    rename(tx, order.get(i), "first of " + i);
                    if (run <= 2) await(bothHoldOne);
                    return rename(tx, order.get(i + 1), "second of " + i);
                }));
        assertThat(runs).hasValueGreaterThan(2);
        assertThat(store().<List<String>>read(tx -> tx.query("select name from instance")
                        .mapTo(String.class)
                        .list()))
                .containsAnyOf("second of 0", "second of 1");
    }

    @Test
    void whatFollowsACommitHappensOnceAndOnlyThen() {
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger consequences = new AtomicInteger();
        store().change(tx -> insert(tx, "a"));
        store().change(tx -> {
            tx.afterCommit(consequences::incrementAndGet);
            if (runs.incrementAndGet() == 1) insert(tx, "a");
        });
        assertThat(runs).hasValue(2);
        assertThat(consequences).hasValue(1);
    }

    @Test
    void aConnectionThatBrokeIsReplacedUnderTheWork() {
        store().change(tx -> insert(tx, "a"));
        for (int i = 0; i < 5; i++) {
            cutAll();
            store().change(tx -> rename(tx, "a", "renamed"));
            cutAll();
            assertThat(store().read(StoreSuite::count)).isEqualTo(1);
            cutAll();
            assertThat(store().glance(StoreSuite::count)).isEqualTo(1);
        }
    }

    private void cutAll() {
        server.execute(
                "postgres",
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database + "'");
    }

    @Test
    void aNewerProgramMayAddColumnsBesideThisOne() {
        store().change(tx -> insert(tx, "a"));
        for (int i = 0; i < 40; i++) readAll();
        server.execute(database, "alter table instance add column later text");
        for (int i = 0; i < 10; i++) assertThat(readAll()).isEqualTo(1);
    }

    private int readAll() {
        return store().<Integer>read(tx ->
                tx.query("select * from instance").mapToMap().list().size());
    }

    @Test
    void aStatementThatTakesTooLongIsTrouble() {
        try (Store impatient = open(1, 16, Duration.ofSeconds(1), Duration.ofMillis(200))) {
            assertThatThrownBy(() -> impatient.read(tx ->
                            tx.query("select pg_sleep(5)").mapTo(String.class).one()))
                    .isInstanceOf(Unavailable.class);
            assertThat(impatient.read(StoreSuite::count)).isZero();
        }
    }

    @Test
    void aRowThatSomebodyHoldsTooLongIsTrouble() throws Exception {
        store().change(tx -> insert(tx, "a"));
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Store impatient = open(1, 16, Duration.ofSeconds(1), Duration.ofMillis(300));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var holding = threads.submit(() -> store().<Integer>write(tx -> {
                int changed = rename(tx, "a", "held");
                held.countDown();
                awaitLatch(release);
                return changed;
            }));
            held.await();
            assertThatThrownBy(() -> impatient.<Integer>write(tx -> rename(tx, "a", "wanted")))
                    .isInstanceOf(Unavailable.class);
            release.countDown();
            assertThat(holding.get()).isEqualTo(1);
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesWhatItsQueueCannotHold() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Store small = open(1, 1, Duration.ofSeconds(20), Duration.ofSeconds(20));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> small.<Integer>write(tx -> {
                insert(tx, "first");
                started.countDown();
                awaitLatch(release);
                return 1;
            }));
            started.await();
            AtomicInteger refused = new AtomicInteger();
            List<Boolean> kept = inParallel(12, i -> () -> {
                try {
                    small.change(tx -> insert(tx, "i" + i));
                    return true;
                } catch (Unavailable e) {
                    if (refused.incrementAndGet() == 10) release.countDown();
                    return false;
                }
            });
            assertThat(first.get()).isEqualTo(1);
            long acknowledged = 1 + kept.stream().filter(one -> one).count();
            assertThat(refused).hasValueGreaterThanOrEqualTo(10);
            assertThat((long) small.read(StoreSuite::count)).isEqualTo(acknowledged);
        }
    }
}
