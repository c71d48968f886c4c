package dev.usher.checks.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.RunningUsher;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Many who call all the time while something is wrong with what the server keeps its data in. */
final class Callers {
    static final boolean ASSAULT = Boolean.getBoolean("usher.assault");
    private static final int COUNT = 25;
    /** The aim is 2 s; the rest is for a machine that runs servers, database and callers on the same two cores. */
    private static final long LONGEST_WAIT_MILLIS = 3_000;

    private static final long LONGEST_HEALING_MILLIS = 10_000;
    private static final long LONGEST_IN_ANY_RUN_MILLIS = 30_000;

    private final List<Caller> all = new ArrayList<>();
    private final Queue<Caller.Seen> seen = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private long began;
    private long ended;

    private Callers() {}

    /** Lets callers of every kind begin, on all nodes. */
    static Callers on(List<RunningUsher> nodes) {
        Callers callers = new Callers();
        Caller.Kind[] kinds = Caller.Kind.values();
        for (int i = 0; i < COUNT; i++)
            callers.all.add(new Caller(nodes.get(i % nodes.size()), kinds[i / nodes.size() % kinds.length]));
        callers.all.forEach(caller -> callers.threads.add(
                Thread.startVirtualThread(() -> caller.callWhile(() -> !callers.over.get(), callers.seen))));
        return callers;
    }

    void troubleBegins() {
        began = System.nanoTime();
    }

    void troubleEnds() {
        ended = System.nanoTime();
    }

    /** Waits until everybody is served, lets them stop, and tells after how many milliseconds that was. */
    long heal() throws InterruptedException {
        long patience = ended + TimeUnit.MILLISECONDS.toNanos(2 * LONGEST_IN_ANY_RUN_MILLIS);
        for (Caller caller : all)
            while (!caller.isServedSince(ended) && System.nanoTime() < patience) TimeUnit.MILLISECONDS.sleep(10);
        long healing = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ended);
        over.set(true);
        for (Thread thread : threads) thread.join();
        return healing;
    }

    /** Waits for the first of a kind who is refused. */
    void awaitRefusal(Caller.Kind kind) throws InterruptedException {
        long patience = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2 * LONGEST_IN_ANY_RUN_MILLIS);
        while (seen.stream().noneMatch(one -> one.kind() == kind && one.isRefusal()) && System.nanoTime() < patience)
            TimeUnit.MILLISECONDS.sleep(50);
    }

    /**
     * Whoever is in trouble hears 503 and when to come back.
     *
     * @param untouched who may not even hear that
     * @param touched who must have heard it, or nothing was wrong
     */
    void assertHonest(Set<Caller.Kind> untouched, Set<Caller.Kind> touched) {
        assertThat(seen.stream()
                        .filter(Caller.Seen::isRefusal)
                        .filter(one -> !one.isHonest() || untouched.contains(one.kind()))
                        .map(one -> one.kind() + " " + one.status() + " "
                                + one.text().replaceAll("clerk_trace_id.*", ""))
                        .distinct())
                .isEmpty();
        assertThat(seen.stream().filter(Caller.Seen::isRefusal).map(Caller.Seen::kind))
                .containsAll(touched);
    }

    void assertQuick(String what, long healing) {
        long limit = ASSAULT ? LONGEST_WAIT_MILLIS : LONGEST_IN_ANY_RUN_MILLIS;
        System.out.printf(
                "%s: %d answers, %d of them 503 after %d ms in the middle and %d ms at most; served again: %d ms at most; healed after %d ms%n",
                what,
                seen.size(),
                seen.stream().filter(Caller.Seen::isRefusal).count(),
                millis(Caller.Seen::isRefusal, 0.5),
                millis(Caller.Seen::isRefusal, 1),
                millis(one -> !one.isRefusal(), 1),
                healing);
        seen.stream()
                .filter(one -> one.isRefusal() && one.millis() > limit)
                .limit(10)
                .forEach(one -> System.out.printf(
                        "  %s %d after %d ms, asked %d ms after the trouble began%n",
                        one.kind(), one.status(), one.millis(), TimeUnit.NANOSECONDS.toMillis(one.began() - began)));
        assertThat(millis(Caller.Seen::isRefusal, 1)).isLessThan(limit);
        // Who is served in the end may have waited for the healing.
        assertThat(millis(one -> true, 1)).isLessThan(limit + LONGEST_HEALING_MILLIS);
        assertThat(healing).isLessThan(ASSAULT ? LONGEST_HEALING_MILLIS : LONGEST_IN_ANY_RUN_MILLIS);
    }

    private long millis(Predicate<Caller.Seen> which, double quantile) {
        long[] sorted = seen.stream()
                .filter(which)
                .mapToLong(Caller.Seen::millis)
                .sorted()
                .toArray();
        return sorted.length == 0 ? 0 : sorted[(int) (quantile * (sorted.length - 1))];
    }
}
