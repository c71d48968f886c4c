package dev.usher.token;

import dev.usher.instance.Settings;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The lives of an instance's keys: who signs and who is published at an instant. A pure function of what is kept. */
record KeyPlan(List<KeyFacts> keys, Settings.Keys settings) {
    private static final Comparator<KeyFacts> BY_TURN = Comparator.comparing(
                    (KeyFacts key) -> key.signsFrom().orElse(Instant.MAX))
            .thenComparing(KeyFacts::createdAt)
            .thenComparing(KeyFacts::kid);

    KeyPlan {
        keys = keys.stream().sorted(BY_TURN).toList();
    }

    /** Where a key stands in its life. */
    enum Stage {
        ANNOUNCED,
        PUBLISHED,
        SIGNING,
        RETIRED,
        GONE,
        REVOKED
    }

    /** The key that signs: of those whose turn has come, the one whose turn came last. */
    KeyFacts signerAt(Instant now) {
        List<KeyFacts> able = keys.stream()
                .filter(key -> key.signsFrom().isPresent() && !key.isRevoked() && !isRetired(key, now))
                .toList();
        return able.stream()
                .filter(key -> key.signsFrom().filter(now::isBefore).isEmpty())
                .reduce((first, later) -> later)
                .or(() -> able.stream().findFirst())
                .orElseThrow(() -> new IllegalStateException("the instance has no key to sign with"));
    }

    /** The keys to publish, in the order of their turns. */
    List<KeyFacts> publishedAt(Instant now) {
        return keys.stream()
                .filter(key -> !key.isRevoked() && !isGone(key, now))
                .toList();
    }

    Stage stageAt(KeyFacts key, Instant now) {
        if (key.isRevoked()) return Stage.REVOKED;
        if (isGone(key, now)) return Stage.GONE;
        if (isRetired(key, now)) return Stage.RETIRED;
        if (key.signsFrom().isEmpty()) return Stage.ANNOUNCED;
        return key.equals(signerAt(now)) ? Stage.SIGNING : Stage.PUBLISHED;
    }

    /** When a later key takes over, if one is to. */
    Optional<Instant> retiredFrom(KeyFacts key) {
        return keys.stream()
                .skip(keys.indexOf(key) + 1L)
                .filter(KeyFacts::hasTurn)
                .findFirst()
                .flatMap(KeyFacts::signsFrom);
    }

    /** When the key leaves the published set, if a later one is to take over. */
    Optional<Instant> goneFrom(KeyFacts key) {
        return retiredFrom(key).map(retired -> retired.plus(settings.keepAfter()));
    }

    private boolean isRetired(KeyFacts key, Instant now) {
        return retiredFrom(key).filter(from -> !now.isBefore(from)).isPresent();
    }

    private boolean isGone(KeyFacts key, Instant now) {
        return goneFrom(key).filter(from -> !now.isBefore(from)).isPresent();
    }

    /** A key that no server has published yet. */
    Optional<KeyFacts> announced() {
        return keys.stream()
                .filter(key -> key.publishedAt().isEmpty() && !key.isRevoked())
                .findFirst();
    }

    /** Whether a published key waits for its turn. */
    boolean isTurnPending(Instant now) {
        return keys.stream()
                .filter(key -> !key.isRevoked())
                .anyMatch(key -> key.signsFrom().filter(now::isBefore).isPresent());
    }

    /** Whether the schedule asks for a new key now, so that it signs when the present one has had its time. */
    boolean isRotationDue(Instant now) {
        if (announced().isPresent() || isTurnPending(now)) return false;
        Instant since = signerAt(now).signsFrom().orElse(now);
        return settings.rotateEvery()
                .map(every -> since.plus(every).minus(settings.publishBefore()))
                .filter(due -> !now.isBefore(due))
                .isPresent();
    }
}
