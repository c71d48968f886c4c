package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.class)
class LeasesTest {
    private static final Duration SPAN = Duration.ofMinutes(5);

    private final Store store;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T08:00:00Z"));
    private final Leases first;
    private final Leases second;

    LeasesTest(TestStore kind) {
        store = kind.open();
        first = new Leases(store, "first", now::get);
        second = new Leases(store, "second", now::get);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void pass(Duration span) {
        now.updateAndGet(instant -> instant.plus(span));
    }

    private boolean holds(Leases.Lease lease) {
        return store.write(lease::holds);
    }

    @Test
    void oneNodeHasItAtATime() {
        assertThat(first.take("sweep", SPAN)).isPresent();
        assertThat(second.take("sweep", SPAN)).isEmpty();
        assertThat(second.take("another", SPAN)).isPresent();
    }

    @Test
    void itsHolderProlongsIt() {
        first.take("sweep", SPAN);
        pass(SPAN.minusSeconds(1));
        assertThat(first.take("sweep", SPAN)).isPresent();
        pass(SPAN.minusSeconds(1));
        assertThat(second.take("sweep", SPAN)).isEmpty();
    }

    @Test
    void anotherTakesOverWhenItHasEnded() {
        first.take("sweep", SPAN);
        pass(SPAN);
        assertThat(second.take("sweep", SPAN)).isPresent();
    }

    @Test
    void whoLostItLearnsSo() {
        Leases.Lease lost = first.take("sweep", SPAN).orElseThrow();
        assertThat(holds(lost)).isTrue();
        pass(SPAN);
        Leases.Lease held = second.take("sweep", SPAN).orElseThrow();
        assertThat(holds(lost)).isFalse();
        assertThat(holds(held)).isTrue();
    }

    @Test
    void ofManyWhoWantItOneGetsIt() throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = "round " + round;
            long taken =
                    StoreSuite.inParallel(8, i -> () -> new Leases(store, "node " + i, now::get).take(name, SPAN))
                            .stream()
                            .filter(lease -> lease.isPresent())
                            .count();
            assertThat(taken).isEqualTo(1);
        }
    }
}
