package dev.usher.session;

import java.time.Duration;
import java.util.Optional;

/**
 * How a session begins.
 *
 * @param impersonation somebody else who acts as the user
 * @param organizationId the organization that is active first, where the user is a member of it; else the usual one
 */
public record Opening(FactorAges factorAges, Optional<Impersonation> impersonation, Optional<String> organizationId) {
    /** Who acts, as JSON text of an object, and for how long at most. */
    public record Impersonation(String actor, Duration maximum) {}

    /** A user who has proved who they are. */
    public static Opening of(FactorAges factorAges) {
        return new Opening(factorAges, Optional.empty(), Optional.empty());
    }
}
