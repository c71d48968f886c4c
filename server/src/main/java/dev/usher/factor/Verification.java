package dev.usher.factor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One proof by a code or a link that was sent: what was sent for, and how far it got.
 *
 * @param verifiedAtClient the client that opened the link, where it is the one that had asked for it
 */
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
        Optional<String> verifiedAtClient,
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

    /** The same before it was proved. */
    public Verification asSent() {
        return new Verification(
                id,
                strategy,
                identificationId,
                codeHash,
                attempts,
                maxAttempts,
                expireAt,
                Optional.empty(),
                userId,
                recipient,
                Optional.empty(),
                createdAt);
    }

    /** Whether a link was opened. */
    public boolean isOpenedLink() {
        return strategy.equals(Offer.EMAIL_LINK) && verifiedAt.isPresent();
    }

    /** Never the code's hash. */
    @Override
    public String toString() {
        return "Verification[" + id + " " + strategy + "]";
    }
}
