package dev.usher.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Claims for tokens that other services read.
 *
 * @param signingAlgorithm empty for the instance's own key
 * @param source where it stands
 */
public record JwtTemplate(
        String id,
        String name,
        ObjectNode claims,
        Duration lifetime,
        Duration allowedClockSkew,
        Optional<String> signingAlgorithm,
        Source source,
        Instant createdAt,
        Instant updatedAt) {

    /** Where a template stands. */
    public enum Source {
        /** In the database, made through the Backend API. */
        MADE,
        /** In the configuration, which alone can change it. */
        DECLARED,
        /** In the instance's settings: the custom claims of the session token. */
        SESSION_TOKEN
    }
}
