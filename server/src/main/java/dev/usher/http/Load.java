package dev.usher.http;

import dev.usher.base.Figure;
import io.helidon.common.concurrency.limits.AimdLimit;
import io.helidon.common.concurrency.limits.LimitAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many requests may be under way. As long as they are answered soon there may be more of them, and fewer when they take
 * long (additive increase, multiplicative decrease), so that whoever cannot be served is told so at once. Sign-ins and
 * sign-ups have places of their own, and none while those who mint and touch have hardly any left.
 */
final class Load {
    /** What two cores answer within a second on either store, so that a crowd that comes at once is no overload. */
    private static final int LEAST = 1024;

    private static final int MOST = 4096;
    /** Slower answers than this say that there is too much to do. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    /** As many of the usual places as must be free for a sign-in to begin. */
    private static final int KEPT_FREE = 16;
    /** Sign-ins wait for hashing, whose own queue is bounded too; what they take long says nothing about the rest. */
    private static final int SIGN_INS = 1024;

    private final AimdLimit usual = AimdLimit.builder()
            .minLimit(LEAST)
            .initialLimit(LEAST)
            .maxLimit(MOST)
            .timeout(SLOW)
            .build();
    private final Semaphore signIns = new Semaphore(SIGN_INS);
    private final LongAdder turnedAway = new LongAdder();

    /** A place among those under way. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** A place, or empty when the caller has to come back later. */
    Optional<Place> enter(Request request) {
        Optional<Place> place = isSignIn(request.path()) ? forSignIn() : usual();
        if (place.isEmpty()) turnedAway.increment();
        return place;
    }

    private Optional<Place> usual() {
        return usual.tryAcquireOutcome(false) instanceof LimitAlgorithm.Outcome.Accepted accepted
                ? Optional.of(accepted.token()::success)
                : Optional.empty();
    }

    private Optional<Place> forSignIn() {
        boolean isFull = usual.semaphore().availablePermits() < KEPT_FREE || !signIns.tryAcquire();
        return isFull ? Optional.empty() : Optional.of(signIns::release);
    }

    /** What may wait for a password to be hashed. */
    private static boolean isSignIn(String path) {
        return path.startsWith("/v1/client/sign_")
                || (path.startsWith("/v1/client/sessions/") && path.contains("/verify"))
                || path.startsWith("/v1/me/")
                || path.startsWith("/v1/users");
    }

    List<Figure> figures() {
        return List.of(
                Figure.gauge(
                        "usher_places_free",
                        "Requests that may come before one is turned away",
                        () -> usual.semaphore().availablePermits()),
                Figure.gauge(
                        "usher_sign_ins_running",
                        "Sign-ins and the like that are under way",
                        () -> SIGN_INS - signIns.availablePermits()),
                Figure.counter(
                        "usher_turned_away_total",
                        "Requests refused because too many were under way",
                        turnedAway::sum));
    }
}
