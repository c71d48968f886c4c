package dev.usher.user;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person sees of a passkey of theirs.
 *
 * @param verifiedAt when its registration was finished; empty for one that was only begun
 */
public record Passkey(
        String id,
        String name,
        Optional<Instant> verifiedAt,
        Optional<Instant> lastUsedAt,
        Instant createdAt,
        Instant updatedAt) {}
