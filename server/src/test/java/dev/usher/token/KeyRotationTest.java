package dev.usher.token;

import static dev.usher.token.KeyHouse.NOW;
import static dev.usher.token.KeyHouse.kid;
import static dev.usher.token.KeyHouse.published;
import static dev.usher.token.KeyHouse.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.store.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rotations as two servers on one database see them. */
@ParameterizedClass
@EnumSource(TestStore.class)
class KeyRotationTest {
    private final TestStore kind;
    private KeyHouse house;

    KeyRotationTest(TestStore kind) {
        this.kind = kind;
        house = new KeyHouse(kind, Optional.empty());
        super();
    }

    private KeyRing one = house.ring();
    private KeyRing other = house.ring();
    private final KeyRotation rotation = house.rotation();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aNewKeyIsPublishedByAllServersBeforeItSignsAndKeptAfter() {
        String first = house.instance.id();
        String second = rotation.rotate(NOW);
        assertThat(second).matches("ins_[A-Za-z0-9]{27}").isNotEqualTo(first);
        house.later();
        assertThat(published(one, NOW)).containsExactly(first, second);
        assertThat(published(other, NOW)).containsExactly(first, second);

        Instant published = NOW.plusSeconds(1);
        rotation.tend(published);
        house.later();
        Instant turn = published.plus(Duration.ofMinutes(10));
        assertThat(kid(sign(one, turn.minusMillis(1)))).isEqualTo(first);
        assertThat(kid(sign(one, turn))).isEqualTo(second);
        assertThat(kid(sign(other, turn))).isEqualTo(second);
        Instant gone = turn.plus(Duration.ofHours(1));
        assertThat(published(one, gone.minusMillis(1))).containsExactly(first, second);
        assertThat(published(one, gone)).containsExactly(second);
    }

    @Test
    void theCountdownBeginsWhenAServerHasPublishedTheKeyAndNotWhenItWasAskedFor() {
        rotation.rotate(NOW);
        house.later();
        Instant muchLater = NOW.plus(Duration.ofDays(3));
        assertThat(kid(sign(one, muchLater))).isEqualTo(house.instance.id());
        rotation.tend(muchLater);
        house.later();
        assertThat(kid(sign(one, muchLater.plus(Duration.ofMinutes(9))))).isEqualTo(house.instance.id());
        assertThat(kid(sign(one, muchLater.plus(Duration.ofMinutes(10))))).isNotEqualTo(house.instance.id());
    }

    @Test
    void aCopyIsBelievedForHalfASecondAndNoLonger() {
        sign(one, NOW);
        String second = rotation.rotate(NOW);
        assertThat(published(one, NOW)).doesNotContain(second);
        house.nanos.addAndGet(Duration.ofMillis(499).toNanos());
        assertThat(published(one, NOW)).doesNotContain(second);
        house.nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(published(one, NOW)).contains(second);
    }

    @Test
    void aSecondRotationWaitsForTheFirst() {
        rotation.rotate(NOW);
        assertThatThrownBy(() -> rotation.rotate(NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("under way");
        rotation.tend(NOW);
        String third = rotation.rotate(NOW);
        rotation.tend(NOW.plusSeconds(2));
        house.later();
        Instant turn = NOW.plus(Duration.ofMinutes(10));
        assertThat(kid(sign(one, turn.plus(Duration.ofMinutes(5))))).isNotEqualTo(third);
        rotation.tend(turn);
        house.later();
        assertThat(kid(sign(one, turn.plus(Duration.ofMinutes(10))))).isEqualTo(third);
    }

    @Test
    void inAnEmergencyANewKeySignsAtOnceAndEveryOtherIsDropped() {
        rotation.rotate(NOW);
        rotation.tend(NOW);
        Instant bad = NOW.plus(Duration.ofMinutes(3));
        String fresh = rotation.emergency(Optional.empty(), bad).orElseThrow();
        house.later();
        for (KeyRing ring : List.of(one, other)) {
            assertThat(kid(sign(ring, bad))).isEqualTo(fresh);
            assertThat(published(ring, bad)).containsExactly(fresh);
            assertThat(published(ring, bad.plus(Duration.ofHours(1)))).containsExactly(fresh);
        }
        assertThat(rotation.list(bad).stream().map(KeyRotation.Listed::stage))
                .containsExactlyInAnyOrder("revoked", "revoked", "signing");
    }

    @Test
    void oneCompromisedKeyIsDroppedAlone() {
        String second = rotation.rotate(NOW);
        rotation.tend(NOW);
        assertThat(rotation.emergency(Optional.of(second), NOW)).isEmpty();
        house.later();
        assertThat(published(one, NOW)).containsExactly(house.instance.id());
        assertThat(kid(sign(one, NOW.plus(Duration.ofHours(1))))).isEqualTo(house.instance.id());
        assertThatThrownBy(() -> rotation.emergency(Optional.of(second), NOW))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> rotation.emergency(Optional.of("ins_other"), NOW))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRevokedKeysPrivateHalfIsForgottenAtOnceAndAGoneOnesWithin() {
        String second = rotation.rotate(NOW);
        rotation.tend(NOW);
        Instant gone = NOW.plus(Duration.ofMinutes(10)).plus(Duration.ofHours(1));
        rotation.tend(gone.minusMillis(1));
        assertThat(keptPrivateKeys()).containsExactlyInAnyOrder(house.instance.id(), second);
        rotation.tend(gone);
        assertThat(keptPrivateKeys()).containsExactly(second);
        String third = rotation.emergency(Optional.empty(), gone).orElseThrow();
        assertThat(keptPrivateKeys()).containsExactly(third);
        house.later();
        assertThat(kid(sign(one, gone))).isEqualTo(third);
    }

    private List<String> keptPrivateKeys() {
        return house.store.read(tx -> tx.query("select kid from signing_key where sealed_private_key <> ''")
                .mapTo(String.class)
                .list());
    }

    @Test
    void theScheduleRotatesWithoutAnybodyAsking() {
        house.close();
        house = new KeyHouse(kind, Optional.of(Duration.ofDays(30)));
        one = house.ring();
        KeyRotation scheduled = house.rotation();
        for (int hour = 0; hour < 24 * 91; hour++) scheduled.tend(NOW.plus(Duration.ofHours(hour)));
        List<KeyRotation.Listed> keys = scheduled.list(NOW.plus(Duration.ofDays(91)));
        assertThat(keys.stream().map(KeyRotation.Listed::stage)).containsExactly("gone", "gone", "gone", "signing");
    }

    @Test
    void ofManyServersOneRotatesWhenTheScheduleAsks() throws Exception {
        house.close();
        house = new KeyHouse(kind, Optional.of(Duration.ofDays(30)));
        house.ring();
        Instant due = NOW.plus(Duration.ofDays(31));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> tend = () -> {
                house.rotation().tend(due);
                return true;
            };
            for (Future<Boolean> done : threads.invokeAll(List.of(tend, tend, tend, tend, tend, tend)))
                assertThat(done.get()).isTrue();
        }
        assertThat(house.rotation().list(due)).hasSize(2);
    }

    @Test
    void withoutTheDatabaseNothingIsSignedOrPublished() {
        house.later();
        house.store.close();
        assertThatThrownBy(() -> sign(one, NOW)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> published(one, NOW)).isInstanceOf(RuntimeException.class);
    }
}
