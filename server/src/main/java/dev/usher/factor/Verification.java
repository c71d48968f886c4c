package dev.usher.factor;

import java.time.Instant;
import java.util.Optional;

/** One proof by a code that was sent: what was sent for, and how far it got. */
public record Verification(
        String id,
        String strategy,
        Optional<String> identificationId,
        String codeHash,
        int attempts,
        int maxAttempts,
        Instant expireAt,
        Optional<Instant> verifiedAt,
        Instant createdAt) {

    /** Its status on the wire: verified, failed, expired or unverified. */
    public String statusAt(Instant now) {
        if (verifiedAt.isPresent()) return "verified";
        if (attempts >= maxAttempts) return "failed";
        return now.isBefore(expireAt) ? "unverified" : "expired";
    }

    /** Never the code's hash. */
    @Override
    public String toString() {
        return "Verification[" + id + " " + strategy + "]";
    }
}
