package dev.usher.user;

import java.time.Instant;
import java.util.Optional;

/** Whether, when and how it was proved that an identifier belongs to its user. */
public record Proof(Optional<Instant> verifiedAt, Optional<String> strategy) {
    /** Nothing was proved yet. */
    public static final Proof NONE = new Proof(Optional.empty(), Optional.empty());

    public static Proof of(String strategy, Instant at) {
        return new Proof(Optional.of(at), Optional.of(strategy));
    }
}
