package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises; each database has a subclass. */
abstract class StoreSuite {
    private Store store;

    /** An empty database with the newest schema. */
    abstract Store open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    Store store() {
        return store;
    }

    static void insert(WriteTx tx, String id) {
        tx.update("""
                insert into instance (id, name, environment, frontend_api_host, created_at, updated_at)
                values (:id, :id, 'development', 'a.b', 0, 0)
                """).bind("id", id).execute();
    }

    static int count(Tx tx) {
        return tx.query("select count(*) from instance").mapTo(int.class).one();
    }

    @Test
    void readsWhatWasWritten() {
        store.change(tx -> insert(tx, "a"));
        assertThat(store.read(StoreSuite::count)).isEqualTo(1);
    }

    @Test
    void severalColumnsAreReadAsOne() {
        store.change(tx -> {
            insert(tx, "a");
            insert(tx, "b");
        });
        String sql = "select "
                + Packed.columns("id", "created_at", "null", "updated_at + 7", "nullif(id, id)", "frontend_api_host")
                + " from instance where id = ?";
        store.glance(tx -> tx.rows(
                sql,
                rows -> {
                    assertThat(rows.next()).isTrue();
                    Packed row = Packed.read(rows.getString(1));
                    assertThat(row.text()).isEqualTo("b");
                    assertThat(row.instant()).isEqualTo(Instant.EPOCH);
                    assertThat(row.maybeMillis()).isEmpty();
                    assertThat(row.maybeInstant()).contains(Instant.ofEpochMilli(7));
                    assertThat(row.maybeText()).isEmpty();
                    assertThat(row.maybeText()).contains("a.b");
                    assertThatThrownBy(row::text).isInstanceOf(IllegalStateException.class);
                    return rows.next();
                },
                "b"));
        assertThat(store.<Boolean>glance(tx -> tx.rows(sql, ResultSet::next, "nobody")))
                .isFalse();
    }

    @Test
    void aWriteSeesItsOwnChanges() {
        int seen = store.write(tx -> {
            insert(tx, "a");
            insert(tx, "b");
            return count(tx);
        });
        assertThat(seen).isEqualTo(2);
    }

    @Test
    void anExceptionTakesBackItsWriteAndComesOutUnchanged() {
        IllegalStateException mine = new IllegalStateException("mine");
        assertThatThrownBy(() -> store.change(tx -> {
                    insert(tx, "a");
                    throw mine;
                }))
                .isSameAs(mine);
        assertThat(store.read(StoreSuite::count)).isZero();
    }

    @Test
    void whatWaitsForTheCommitIsDoneBeforeTheAnswerAndNotWithoutACommit() {
        List<String> done = new ArrayList<>();
        store.change(tx -> {
            tx.afterCommit(() -> done.add("after"));
            done.add("in");
        });
        assertThat(done).containsExactly("in", "after");
        assertThatThrownBy(() -> store.change(tx -> {
                    tx.afterCommit(() -> done.add("never"));
                    throw new IllegalStateException("taken back");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(done).doesNotContain("never");
    }

    @Test
    void oneFailingWriteOfManyHarmsNoOther() throws Exception {
        List<Boolean> kept = inParallel(200, i -> () -> {
            try {
                store.change(tx -> {
                    insert(tx, "i" + i);
                    if (i % 3 == 0) throw new IllegalStateException("every third");
                });
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        });
        long acknowledged = kept.stream().filter(one -> one).count();
        assertThat(acknowledged).isEqualTo(133);
        assertThat(store.read(StoreSuite::count)).isEqualTo(133);
    }

    @Test
    void aRefusedDuplicateIsToldFromTrouble() {
        store.change(tx -> insert(tx, "a"));
        assertThatThrownBy(() -> store.change(tx -> insert(tx, "a")))
                .satisfies(
                        e -> assertThat(Duplicates.caused((RuntimeException) e)).isTrue());
        assertThat(Duplicates.caused(new IllegalStateException("something else")))
                .isFalse();
    }

    @Test
    void theDatabasePicksTheOneWinner() throws Exception {
        store.change(tx -> insert(tx, "a"));
        for (int round = 0; round < 50; round++) {
            int before = round;
            List<Integer> changed = inParallel(
                    16,
                    i -> () -> store.write(tx -> tx.update(
                                    "update instance set created_at = :after where id = 'a' and created_at = :before")
                            .bind("after", before + 1)
                            .bind("before", before)
                            .execute()));
            assertThat(changed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
        }
    }

    @Test
    void aReadSeesOneMoment() throws Exception {
        CountDownLatch firstRead = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Integer>> counts = threads.submit(() -> store.read(tx -> {
                int before = count(tx);
                firstRead.countDown();
                await(written);
                return List.of(before, count(tx));
            }));
            firstRead.await();
            if (readsBesideWrites()) store.change(tx -> insert(tx, "a"));
            written.countDown();
            assertThat(counts.get()).containsExactly(0, 0);
        }
    }

    /** Whether a write may commit while a read goes on. */
    boolean readsBesideWrites() {
        return true;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesRowsWithoutTheirParents() {
        assertThatThrownBy(() -> store.change(tx -> tx.update(
                                "insert into dev_browser (token_hash, instance_id, created_at) values ('t', 'nobody', 0)")
                        .execute()))
                .isInstanceOf(RuntimeException.class);
    }

    static <T> List<T> inParallel(int count, java.util.function.IntFunction<Callable<T>> task) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            IntStream.range(0, count).forEach(i -> futures.add(threads.submit(task.apply(i))));
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) results.add(future.get());
            return results;
        }
    }
}
