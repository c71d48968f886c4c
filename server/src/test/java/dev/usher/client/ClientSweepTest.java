package dev.usher.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.store.Store;
import dev.usher.store.TestStore;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two writes side by side, as only PostgreSQL has them. */
class ClientSweepTest {
    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

    private final Store store = TestStore.POSTGRES.open();

    @BeforeEach
    void aClientThatNobodyUsesAnyMore() {
        store.change(tx -> {
            tx.update("""
                    insert into instance (id, name, environment, frontend_api_host, created_at, updated_at)
                    values ('ins', 'n', 'development', 'a.b', 0, 0)
                    """).execute();
            tx.update("""
                    insert into user_account (id, instance_id, created_at, updated_at) values ('user', 'ins', 0, 0)
                    """).execute();
            tx.update("""
                    insert into client (id, instance_id, secret_hash, secret_since, created_at, updated_at)
                    values ('client', 'ins', 'hash', 0, 0, 0)
                    """).execute();
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static void signIn(WriteTx tx) {
        tx.update("""
                insert into session (id, instance_id, client_id, user_id, created_at, updated_at, expire_at, abandon_at,
                    last_active_at, activity_id, is_mobile)
                values ('sess', 'ins', 'client', 'user', 0, 0, 0, 0, 0, 'activity', false)
                """).execute();
        ClientStore.signedIn(tx, "client", "sess", "password", NOW);
    }

    private int sweep() {
        return store.<Integer>write(tx -> ClientStore.sweep(tx, NOW.minusSeconds(1), 10));
    }

    private int count(String from) {
        return store.<Integer>read(
                tx -> tx.query("select count(*) from " + from).mapTo(int.class).one());
    }

    @Test
    void forgetsAClientWithoutSessions() {
        assertThat(sweep()).isEqualTo(1);
    }

    @Test
    void aClientThatSignsSomebodyInMeanwhileStaysWithItsSession() throws Exception {
        CountDownLatch signedIn = new CountDownLatch(1);
        CountDownLatch sweeping = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> entry = threads.submit(() -> store.<Boolean>write(tx -> {
                signIn(tx);
                signedIn.countDown();
                return awaits(sweeping);
            }));
            signedIn.await();
            Future<Integer> swept = threads.submit(this::sweep);
            awaitThatSomebodyWaits();
            sweeping.countDown();
            assertThat(entry.get()).isTrue();
            assertThat(swept.get()).isZero();
        }
        assertThat(count("session")).isEqualTo(1);
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(4, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Until the sweep stands before the row that the sign-in holds. */
    private void awaitThatSomebodyWaits() {
        String waiting = "pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
        while (count(waiting) == 0) Thread.onSpinWait();
    }
}
