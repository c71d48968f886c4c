package dev.usher.webhook;

import java.util.Optional;

/**
 * What came of one try.
 *
 * @param status empty when there was no answer
 * @param text the beginning of the body, or why there was no answer
 */
public record Answer(Optional<Integer> status, String text) {
    static Answer none(String why) {
        return new Answer(Optional.empty(), why);
    }

    /** Whether the endpoint has taken the event. */
    public boolean isTaken() {
        return status.filter(code -> code / 100 == 2).isPresent();
    }

    /** Whether the endpoint wants to hear nothing any more. */
    boolean isGone() {
        return status.filter(code -> code == 410).isPresent();
    }
}
