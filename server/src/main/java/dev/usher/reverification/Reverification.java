package dev.usher.reverification;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A reverification of one session, on its way or finished.
 *
 * @param first how and when the first factor was proved in it
 * @param second how and when the second factor was proved in it
 */
record Reverification(
        String id,
        String sessionId,
        String userId,
        Level level,
        Optional<Proved> first,
        Optional<Proved> second,
        Optional<Instant> completedAt,
        Instant expireAt) {

    /** How long one may take. */
    static final Duration LIFE = Duration.ofMinutes(10);

    /** A factor that was proved. */
    record Proved(String strategy, Optional<String> identificationId, Instant at) {}

    /** The step that is due; empty when it is complete. */
    Optional<Level.Step> due() {
        return completedAt.isPresent() ? Optional.empty() : level.due(first.isPresent(), second.isPresent());
    }

    /** Its status on the wire. */
    String status() {
        return due().map(Level.Step::status).orElse("complete");
    }

    /** The identifier that proved the first factor in it, and does not count for the second. */
    Optional<String> usedAlready() {
        return first.flatMap(Proved::identificationId);
    }

    /** What the codes and challenges of a step belong to. */
    String ownerId(Level.Step step) {
        return step == Level.Step.FIRST ? id : id + ":2";
    }
}
