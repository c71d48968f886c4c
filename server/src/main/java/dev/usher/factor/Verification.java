package dev.usher.factor;

import java.time.Instant;
import java.util.List;
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
        Optional<String> userId,
        Optional<String> recipient,
        Instant createdAt) {

    /** What its tries are counted for, besides itself. */
    List<String> budgets() {
        return CodeBudget.sent(userId, recipient);
    }

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
