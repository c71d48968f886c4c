package dev.usher.token;

import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of a signing key, apart from the key itself.
 *
 * @param publishedAt when the first server published it; empty for a key that was announced and that no server has seen yet
 * @param signsFrom from when on it signs, unless a later key does; empty as long as {@code publishedAt} is
 * @param revokedAt when it was given up as compromised: since then it is neither published nor used
 */
record KeyFacts(
        String kid,
        Instant createdAt,
        Optional<Instant> publishedAt,
        Optional<Instant> signsFrom,
        Optional<Instant> revokedAt) {

    boolean isRevoked() {
        return revokedAt.isPresent();
    }

    /** Whether it took over before it was revoked, if it was. */
    boolean hasTurn() {
        return signsFrom
                .filter(from -> revokedAt.filter(from::isAfter).isEmpty())
                .isPresent();
    }
}
