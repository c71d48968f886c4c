package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.instance.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who signs and who is published, minute by minute. */
class KeyPlanTest {
    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private static final Settings.Keys SETTINGS =
            new Settings.Keys(Duration.ofMinutes(10), Duration.ofMinutes(60), Optional.of(Duration.ofDays(30)));

    private static Instant at(long minute) {
        return START.plusSeconds(minute * 60);
    }

    private static KeyFacts key(String kid, long signsFrom) {
        return new KeyFacts(
                kid, at(signsFrom - 10), Optional.of(at(signsFrom - 10)), Optional.of(at(signsFrom)), Optional.empty());
    }

    private static KeyFacts announced(String kid, long minute) {
        return new KeyFacts(kid, at(minute), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static KeyFacts revoked(KeyFacts key, long minute) {
        return new KeyFacts(key.kid(), key.createdAt(), key.publishedAt(), key.signsFrom(), Optional.of(at(minute)));
    }

    private static KeyPlan plan(KeyFacts... keys) {
        return new KeyPlan(List.of(keys), SETTINGS);
    }

    private static String published(KeyPlan plan, Instant now) {
        return String.join(
                " ", plan.publishedAt(now).stream().map(KeyFacts::kid).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "99, a, a b, SIGNING, PUBLISHED",
        "100, b, a b, RETIRED, SIGNING",
        "159, b, a b, RETIRED, SIGNING",
        "160, b, b, GONE, SIGNING",
        "100000, b, b, GONE, SIGNING",
    })
    void aKeyTakesOverInItsMinuteAndTheOlderOneStaysForAnHour(
            long minute, String signer, String published, String older, String newer) {
        KeyFacts a = key("a", 0);
        KeyFacts b = key("b", 100);
        KeyPlan plan = plan(b, a);
        assertThat(plan.signerAt(at(minute)).kid()).isEqualTo(signer);
        assertThat(published(plan, at(minute))).isEqualTo(published);
        assertThat(plan.stageAt(a, at(minute))).hasToString(older);
        assertThat(plan.stageAt(b, at(minute))).hasToString(newer);
    }

    @Test
    void theTurnIsExactToTheMillisecond() {
        KeyPlan plan = plan(key("a", 0), key("b", 100));
        assertThat(plan.signerAt(at(100).minusMillis(1)).kid()).isEqualTo("a");
        assertThat(plan.signerAt(at(100)).kid()).isEqualTo("b");
        assertThat(published(plan, at(160).minusMillis(1))).isEqualTo("a b");
        assertThat(published(plan, at(160))).isEqualTo("b");
    }

    @Test
    void anAnnouncedKeyIsPublishedAndDoesNotSign() {
        KeyPlan plan = plan(key("a", 0), announced("b", 5));
        assertThat(published(plan, at(100000))).isEqualTo("a b");
        assertThat(plan.signerAt(at(100000)).kid()).isEqualTo("a");
        assertThat(plan.stageAt(announced("b", 5), at(100000))).isEqualTo(KeyPlan.Stage.ANNOUNCED);
    }

    @Test
    void aRevokedKeyIsNeitherPublishedNorUsedNoMatterWhatTheClockShows() {
        KeyPlan plan = plan(key("a", 0), revoked(key("b", 100), 120), key("c", 120));
        for (long minute : new long[] {0, 99, 100, 119, 120, 200, 100000})
            assertThat(published(plan, at(minute))).doesNotContain("b");
        assertThat(plan.signerAt(at(120)).kid()).isEqualTo("c");
    }

    @Test
    void aServerWhoseClockIsBehindSignsWithTheKeyThatReplacedTheCompromisedOne() {
        KeyPlan plan = plan(key("old", 0), revoked(key("b", 100), 120), key("c", 120));
        assertThat(plan.signerAt(at(119)).kid()).isEqualTo("c");
    }

    @Test
    void aKeyRevokedBeforeItsTurnRetiresNobody() {
        KeyPlan plan = plan(key("a", 0), revoked(key("b", 100), 95));
        assertThat(plan.signerAt(at(100)).kid()).isEqualTo("a");
        assertThat(published(plan, at(100000))).isEqualTo("a");
    }

    @Test
    void aKeyThatIsGoneDoesNotComeBackWhenItsSuccessorIsRevoked() {
        KeyPlan plan = plan(key("a", 0), revoked(key("b", 100), 500), key("c", 500));
        assertThat(published(plan, at(500))).isEqualTo("c");
    }

    @ParameterizedTest
    @CsvSource({"43189, false", "43190, true", "50000, true"})
    void theScheduleAsksForAKeyThatSignsWhenThePresentOneHasHadItsTime(long minute, boolean due) {
        assertThat(plan(key("a", 0)).isRotationDue(at(minute))).isEqualTo(due);
    }

    @Test
    void theScheduleWaitsForARotationThatIsUnderWay() {
        assertThat(plan(key("a", 0), announced("b", 43190)).isRotationDue(at(43191)))
                .isFalse();
        assertThat(plan(key("a", 0), key("b", 43200)).isRotationDue(at(43191))).isFalse();
    }

    @Test
    void withoutAScheduleNoneIsEverDue() {
        var settings = new Settings.Keys(Duration.ofMinutes(10), Duration.ofMinutes(60), Optional.empty());
        assertThat(new KeyPlan(List.of(key("a", 0)), settings).isRotationDue(at(10_000_000)))
                .isFalse();
    }
}
