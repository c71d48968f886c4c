package dev.usher.instance;

import java.time.Instant;
import java.util.Optional;

/**
 * A key that servers call the Backend API with; the key itself is known to its holders alone.
 *
 * @param isDeclared whether it stands in the configuration
 * @param lastUsedAt to the hour
 */
public record SecretKey(
        String id,
        String name,
        boolean isDeclared,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt) {}
