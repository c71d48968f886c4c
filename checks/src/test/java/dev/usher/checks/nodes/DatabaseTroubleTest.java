package dev.usher.checks.nodes;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.testing.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database hangs, is gone or crashes under two nodes: nobody is signed out, nobody waits long, and it heals by itself. */
class DatabaseTroubleTest {
    private static final int CALLERS = 24;
    private static final int SECONDS = Boolean.getBoolean("usher.assault") ? 30 : 5;
    /** The aim is 2 s; the rest is for a busy machine that runs all of it at once. */
    private static final long LONGEST_WAIT_MILLIS = 15_000;

    private static final long LONGEST_HEALING_MILLIS = 30_000;

    private static PostgresServer database;
    private static Nodes nodes;

    private enum Trouble {
        FROZEN {
            @Override
            void begin() {
                database.freeze();
            }

            @Override
            void end() {
                database.thaw();
            }
        },
        STOPPED {
            @Override
            void begin() {
                database.stop();
            }

            @Override
            void end() {
                database.resume();
            }
        },
        CRASHED {
            @Override
            void begin() {
                database.crash();
            }

            @Override
            void end() {
                database.resume();
            }
        };

        abstract void begin();

        abstract void end();
    }

    @BeforeAll
    static void start() {
        database = PostgresServer.start();
        nodes = Nodes.start(2, database.url(database.newDatabase()), """
                store:
                  statement-timeout: 1500ms
                """);
    }

    @AfterAll
    static void stop() {
        nodes.close();
        database.close();
    }

    private record Seen(Answer answer, long millis) {}

    /** Somebody who mints or touches all the time. */
    private record Caller(Fapi browser, String session, boolean touches) {
        static Caller signedUp(int i) {
            Fapi browser = nodes.node(i).browser();
            String session = browser.signUp(Person.fresh());
            return new Caller(browser, session, i % 3 == 0);
        }

        Seen call() {
            long began = System.nanoTime();
            Answer answer = touches ? browser.session(session, "touch") : browser.mint(session);
            return new Seen(answer, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }

        void callUntil(AtomicBoolean over, Queue<Seen> seen) {
            while (!over.get()) seen.add(call());
        }
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void nobodyIsSignedOutAndItHealsByItself(Trouble trouble) throws InterruptedException {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) callers.add(Caller.signedUp(i));
        Queue<Seen> seen = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> threads = callers.stream()
                .map(caller -> Thread.startVirtualThread(() -> caller.callUntil(over, seen)))
                .toList();
        trouble.begin();
        TimeUnit.SECONDS.sleep(SECONDS);
        trouble.end();
        long healing = millisUntilAllAreServed(callers);
        over.set(true);
        for (Thread thread : threads) thread.join();
        assertThat(healing).isLessThan(LONGEST_HEALING_MILLIS);
        isHonestAndQuick(seen);
    }

    private static long millisUntilAllAreServed(List<Caller> callers) {
        long began = System.nanoTime();
        for (Caller caller : callers) while (caller.call().answer().status() != 200) Thread.onSpinWait();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private static void isHonestAndQuick(Queue<Seen> seen) {
        List<Seen> refused =
                seen.stream().filter(one -> one.answer().status() != 200).toList();
        assertThat(refused).isNotEmpty().allSatisfy(one -> {
            assertThat(one.answer()).isRefused(503, "service_unavailable");
            assertThat(one.answer().headers("retry-after")).isNotEmpty();
        });
        assertThat(seen).allMatch(one -> one.millis() < LONGEST_WAIT_MILLIS);
        System.out.printf(
                "database trouble: %d answers, %d of them 503, the slowest after %d ms%n",
                seen.size(),
                refused.size(),
                seen.stream().mapToLong(Seen::millis).max().orElse(0));
    }
}
