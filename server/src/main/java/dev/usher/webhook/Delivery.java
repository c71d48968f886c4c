package dev.usher.webhook;

import java.time.Instant;
import java.util.Optional;

/**
 * How it stands with one event on its way to one endpoint.
 *
 * @param nextAttemptAt empty when it is done with
 * @param answerStatus what the endpoint answered last; empty when it did not answer
 * @param answer the beginning of what it answered, or why there was no answer
 */
public record Delivery(
        String eventId,
        String endpointId,
        String type,
        int attempts,
        Optional<Instant> nextAttemptAt,
        Optional<Instant> attemptedAt,
        Optional<Instant> deliveredAt,
        Optional<Instant> givenUpAt,
        Optional<Integer> answerStatus,
        String answer,
        Instant createdAt) {

    /** In one word. */
    public String state() {
        if (deliveredAt.isPresent()) return "delivered";
        if (givenUpAt.isPresent()) return "given up";
        return attempts == 0 ? "waiting" : "retrying";
    }
}
