package dev.usher.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An address of an app that is told of events.
 *
 * @param isDeclared whether it stands in the configuration
 * @param eventTypes none for all published ones
 * @param formerSecretUntil until when the secret before this one signs too
 * @param failingSince when the first of the failures in a row was; empty while it works
 * @param disabledWhy empty text while it is enabled
 */
public record Endpoint(
        String id,
        String instanceId,
        boolean isDeclared,
        String url,
        List<String> eventTypes,
        Instant createdAt,
        Optional<Instant> failingSince,
        Optional<Instant> disabledAt,
        String disabledWhy,
        String sealedSecret,
        Optional<String> sealedFormerSecret,
        Optional<Instant> formerSecretUntil) {

    public boolean isEnabled() {
        return disabledAt.isEmpty();
    }

    boolean wants(String type) {
        return EventTypes.areMet(eventTypes, type);
    }

    /** Never a secret, sealed or not. */
    @Override
    public String toString() {
        return "Endpoint[" + id + "]";
    }
}
