package dev.usher.token;

import dev.usher.instance.Settings;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A template as somebody wants to have it.
 *
 * @param key a new key of its own; empty for the one it has, or for the instance's own
 */
public record TemplateDraft(
        String name,
        ObjectNode claims,
        Duration lifetime,
        Duration allowedClockSkew,
        Optional<Settings.DeclaredKey> key) {
    public static final Duration USUAL_LIFETIME = Duration.ofSeconds(60);
    public static final Duration USUAL_CLOCK_SKEW = Duration.ofSeconds(5);
    public static final Duration SHORTEST = Duration.ofSeconds(30);
    public static final Duration LONGEST = Duration.ofSeconds(315_360_000);
    public static final Duration MOST_CLOCK_SKEW = Duration.ofSeconds(300);
}
