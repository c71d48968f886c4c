package dev.usher.checks.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Crowd;
import dev.usher.checks.harness.RunningUsher;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** So many closings of every kind, those of several people at once. */
final class Closings {
    private static final boolean ASSAULT = Boolean.getBoolean("usher.assault");
    private static final int COUNT = Integer.getInteger("usher.closings", ASSAULT ? 20_000 : 80);
    private static final int PEOPLE = 4;

    private Closings() {}

    static void on(String where, List<RunningUsher> nodes) {
        long began = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        long minted = Crowd.of(PEOPLE, i -> () -> closed(new Closer(nodes, i), next)).stream()
                .mapToLong(count -> count)
                .sum();
        assertThat(minted).isGreaterThanOrEqualTo(8L * COUNT);
        System.out.printf(
                "closings, %s: %d under 8 minters each, %d tokens before them and none after, in %d s%n",
                where, COUNT, minted, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
    }

    private static long closed(Closer closer, AtomicInteger next) {
        Closing[] kinds = Closing.values();
        try (closer) {
            for (int round = next.getAndIncrement(); round < COUNT; round = next.getAndIncrement())
                closer.close(kinds[round % kinds.length]);
            return closer.minted();
        }
    }
}
