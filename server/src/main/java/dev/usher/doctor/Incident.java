package dev.usher.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened at least once and looked alike each time.
 *
 * @param reason the reason that an SDK gave for a handshake, or the code of a refusal
 * @param host the host that was called
 * @param origin the origin of the page that it was about; empty for none
 */
record Incident(Ending ending, String reason, String host, String origin, long count, Instant first, Instant last) {
    private static final Duration QUIET = Duration.ofSeconds(20);

    /** How it ended. */
    enum Ending {
        /** The page was told who is signed in. */
        ANSWERED,
        /** A circle was cut. */
        CUT,
        REFUSED
    }

    Incident again(Instant now) {
        return new Incident(ending, reason, host, origin, count + 1, first, now);
    }

    /** Whether the same page was answered well after this circle was cut; one that still goes round is cut again before. */
    boolean isMendedBy(Incident later) {
        return ending == Ending.CUT
                && later.ending == Ending.ANSWERED
                && later.origin.equals(origin)
                && later.last.isAfter(last.plus(QUIET));
    }

    /** What in the set-up it points at. */
    Optional<Fault> fault() {
        return switch (ending) {
            case ANSWERED -> Optional.empty();
            case CUT -> Optional.of(Reasons.ofCircle(reason));
            case REFUSED -> Reasons.ofRefusal(reason);
        };
    }
}
