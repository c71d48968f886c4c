package dev.usher.checks.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.KeptConnection;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Four times as many mints and sign-ins are asked for as can be done: what can be done is done, the rest hears so at once.
 * The server has a core of its own, and those who call have another, so that they can ask for more than it can give.
 */
@EnabledIfSystemProperty(named = "usher.assault", matches = "true")
class OverloadTest {
    private static final int USUAL_CALLERS = 32;
    private static final int CROWD = Integer.getInteger("usher.overload.callers", 3000);
    private static final int MEASURED_SECONDS = 15;
    private static final int OVERLOAD_SECONDS = Integer.getInteger("usher.overload.seconds", 60);
    /** Of a thousand calls, those that sign in by password; each costs as much as a hundred mints. */
    private static final double SIGN_INS = Double.parseDouble(System.getProperty("usher.overload.sign-ins", "0.002"));

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.onDiskUnder("taskset", "-c", "0");

    private static final Person MEMBER = Person.fresh();

    @BeforeAll
    static void callersHaveTheOtherCore() {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        pin("1");
    }

    @AfterAll
    static void callersHaveAllCoresAgain() {
        pin("0-" + (Runtime.getRuntime().availableProcessors() - 1));
    }

    private static void pin(String cores) {
        try {
            String self = String.valueOf(ProcessHandle.current().pid());
            new ProcessBuilder("taskset", "-a", "-p", "-c", cores, self)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Seen(boolean isMint, int status, long asked, long nanos, boolean saysWhen) {}

    /** What was seen in so many seconds. */
    private record Round(List<Seen> all, long began, double seconds) {
        double perSecond(boolean mints, int status) {
            return all.stream()
                            .filter(one -> one.isMint() == mints && one.status() == status)
                            .count()
                    / seconds;
        }

        double minted() {
            return perSecond(true, 200);
        }

        double offered() {
            return all.size() / seconds;
        }

        double millis(int status, double quantile) {
            long[] sorted = all.stream()
                    .filter(one -> one.isMint() && one.status() == status)
                    .mapToLong(Seen::nanos)
                    .sorted()
                    .toArray();
            return sorted.length == 0 ? 0 : sorted[(int) (quantile * (sorted.length - 1))] / 1e6;
        }

        /** When the last one was turned away, in seconds since this began; 0 when nobody was. */
        double lastRefusal() {
            return all.stream()
                            .filter(one -> one.status() == 503)
                            .mapToLong(one -> one.asked() + one.nanos() - began)
                            .max()
                            .orElse(0)
                    / 1e9;
        }

        void print(String name) {
            System.out.printf(
                    "overload, %s: offered %.0f/s, minted %.0f/s (p50 %.0f ms, p99 %.0f ms), refused %.0f/s (p50 %.0f ms, p99 %.0f ms); signed in %.1f/s, refused %.1f/s%n",
                    name,
                    offered(),
                    minted(),
                    millis(200, 0.5),
                    millis(200, 0.99),
                    perSecond(true, 503),
                    millis(503, 0.5),
                    millis(503, 0.99),
                    perSecond(false, 200),
                    perSecond(false, 503));
        }
    }

    @Test
    void whatCanBeDoneIsDoneAndTheRestHearsSoAtOnce() throws InterruptedException {
        usher.browser().signUp(MEMBER);
        KeptConnection any = new KeptConnection(usher.url());
        byte[] mint = any.bytes(mint());
        round(mint, USUAL_CALLERS, 0, 0, 15);
        Round alone = round(mint, USUAL_CALLERS, 0, 0, MEASURED_SECONDS);
        alone.print("peak, mints alone");
        double signIns = alone.minted() * SIGN_INS;
        Round peak = round(mint, USUAL_CALLERS, 0, signIns, MEASURED_SECONDS);
        peak.print("peak");
        Round over = round(mint, CROWD, 4 * peak.minted(), 4 * signIns, OVERLOAD_SECONDS);
        over.print("four times");
        Round after = round(mint, USUAL_CALLERS, peak.minted() / 2, signIns / 2, 10);
        after.print("after");
        System.out.printf(
                "overload: goodput %.0f %% of the peak; the last was turned away %.1f s after it%n",
                100 * over.minted() / peak.minted(), after.lastRefusal());
        assertThat(over.all()).allMatch(one -> one.status() == 200 || one.status() == 503);
        assertThat(over.all())
                .filteredOn(one -> one.status() == 503)
                .isNotEmpty()
                .allMatch(Seen::saysWhen);
        assertThat(over.offered()).as("what was asked for").isGreaterThan(3.5 * peak.minted());
        assertThat(over.minted()).isGreaterThan(0.8 * peak.minted());
        assertThat(over.millis(503, 0.99)).isLessThan(100);
        assertThat(after.perSecond(true, 503)).isZero();
    }

    private static Call mint() {
        Fapi browser = usher.browser();
        String session = browser.signUp(Person.fresh());
        return browser.call("POST", "/v1/client/sessions/" + session + "/tokens");
    }

    /**
     * So many callers on a connection each.
     *
     * @param perSecond how often all together begin to mint, however long others take; 0: each as soon as it is answered
     * @param signIns how often somebody begins to sign in by password
     */
    private static Round round(byte[] mint, int callers, double perSecond, double signIns, int seconds)
            throws InterruptedException {
        Queue<Seen> seen = new ConcurrentLinkedQueue<>();
        long began = System.nanoTime();
        long until = began + TimeUnit.SECONDS.toNanos(seconds);
        long pause = perSecond == 0 ? 0 : (long) (1e9 * callers / perSecond);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            long first = began + pause * i / callers;
            threads.add(Thread.startVirtualThread(() -> mintUntil(mint, first, pause, until, seen)));
        }
        for (int i = 0; i < signIns * seconds; i++) {
            long due = began + (long) (1e9 * i / signIns);
            threads.add(Thread.startVirtualThread(() -> signIn(due, seen)));
        }
        for (Thread thread : threads) thread.join();
        return new Round(List.copyOf(seen), began, (System.nanoTime() - began) / 1e9);
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) LockSupport.parkNanos(left);
    }

    private static void mintUntil(byte[] mint, long first, long pause, long until, Queue<Seen> seen) {
        try (KeptConnection connection = new KeptConnection(usher.url())) {
            for (long due = first; System.nanoTime() < until && due < until; due += pause) {
                await(due);
                seen.add(seen(connection, mint, true));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signIn(long due, Queue<Seen> seen) {
        await(due);
        try (KeptConnection connection = new KeptConnection(usher.url())) {
            byte[] request = connection.bytes(usher.browser()
                    .call("POST", "/v1/client/sign_ins", "identifier", MEMBER.email(), "password", MEMBER.password()));
            seen.add(seen(connection, request, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Seen seen(KeptConnection connection, byte[] request, boolean isMint) throws IOException {
        long asked = System.nanoTime();
        Answer answer = connection.exchange(request);
        return new Seen(
                isMint,
                answer.status(),
                asked,
                System.nanoTime() - asked,
                answer.header("retry-after").isPresent());
    }
}
