package dev.usher.factor;

import java.time.Instant;
import java.util.Optional;

/**
 * A challenge that a passkey is to sign.
 *
 * @param options what the browser is asked with, as JSON text
 * @param relyingParty the domain that the signature is bound to
 */
public record Challenge(
        String ownerId,
        String challenge,
        String options,
        String relyingParty,
        Instant expireAt,
        Optional<Instant> usedAt) {}
