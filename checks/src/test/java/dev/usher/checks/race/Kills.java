package dev.usher.checks.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Crowd;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.RunningUsher;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The plug of one node is pulled while people do all kinds of things, again and again. */
final class Kills {
    static final boolean ASSAULT = Boolean.getBoolean("usher.assault");
    private static final int RESIDENTS = 12;
    /** The aim, which the start in the middle must keep; a busy machine may take longer now and then, but not thrice as long. */
    private static final long START_MILLIS = 5_000;

    private final List<RunningUsher> nodes;
    private final Random random;
    private final List<Resident> residents = new ArrayList<>();
    private final List<Long> starts = new ArrayList<>();
    private final AtomicLong acknowledged = new AtomicLong();

    private Kills(List<RunningUsher> nodes, long seed) {
        this.nodes = nodes;
        random = new Random(seed);
        for (int i = 0; i < RESIDENTS; i++) residents.add(new Resident(random.nextLong()));
    }

    static void on(String where, List<RunningUsher> nodes) {
        int count = Integer.getInteger("usher.kills", ASSAULT ? 25 : 2);
        long seed = Long.getLong("usher.seed", System.nanoTime());
        Kills kills = new Kills(nodes, seed);
        try {
            for (int i = 0; i < count; i++) kills.kill(nodes.get(i % nodes.size()));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("with -Dusher.seed=" + seed, e);
        }
        kills.tell(where);
    }

    private void kill(RunningUsher victim) {
        String keys = victim.get("/.well-known/jwks.json").text();
        CountDownLatch enough = new CountDownLatch(40 + random.nextInt(200));
        AtomicBoolean over = new AtomicBoolean();
        Thread killer = Thread.startVirtualThread(() -> killAfter(victim, enough, over));
        List<Boolean> survived = Crowd.of(
                RESIDENTS,
                i -> () -> residents.get(i).live(home(i), () -> !over.get(), () -> {
                    acknowledged.incrementAndGet();
                    enough.countDown();
                }));
        join(killer);
        for (int i = 0; i < RESIDENTS; i++)
            if (home(i) != victim) assertThat(survived.get(i)).isTrue();
        // The other nodes know everything at once, before the killed one is back.
        nodes.stream().filter(node -> node != victim).forEach(this::assertIntact);
        long began = System.nanoTime();
        victim.process().restart();
        Fapi.require(victim.get("/v1/health"));
        starts.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        assertThat(victim.get("/.well-known/jwks.json").text()).isEqualTo(keys);
        assertIntact(victim);
    }

    private RunningUsher home(int resident) {
        return nodes.get(resident % nodes.size());
    }

    private void assertIntact(RunningUsher node) {
        assertThat(Crowd.of(RESIDENTS, i -> () -> residents.get(i).isIntact(node)))
                .containsOnly(true);
    }

    private static void killAfter(RunningUsher victim, CountDownLatch enough, AtomicBoolean over) {
        try {
            enough.await();
            victim.process().kill();
            over.set(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void tell(String where) {
        long[] sorted = starts.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "kills, %s: %d, %d deeds acknowledged and none lost, ready again after %d ms in the middle and %d ms at most%n",
                where, sorted.length, acknowledged.get(), sorted[sorted.length / 2], sorted[sorted.length - 1]);
        if (!ASSAULT) return;
        assertThat(sorted[sorted.length / 2]).isLessThan(START_MILLIS);
        assertThat(sorted[sorted.length - 1]).isLessThan(3 * START_MILLIS);
    }
}
