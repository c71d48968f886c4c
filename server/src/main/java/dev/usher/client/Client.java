package dev.usher.client;

import dev.usher.http.Caller;
import dev.usher.http.ClientToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A browser or an app on a device: the holder of sessions. */
public record Client(
        String id,
        String secretHash,
        Optional<String> previousSecretHash,
        Instant secretSince,
        Optional<Instant> cookieExpiresAt,
        Optional<String> lastActiveSessionId,
        Optional<String> lastAuthenticationStrategy,
        Instant createdAt,
        Instant updatedAt) {

    /** How long requests that were under way at a rotation may still show the secret before it. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    /** Who shows this token; empty when it is not this client's. */
    Optional<Caller.Known> provedBy(ClientToken token, Instant now) {
        if (token.secret().hashesTo(secretHash)) return Optional.of(new Caller.Known(id, Instant.MAX));
        boolean outdated = previousSecretHash.filter(token.secret()::hashesTo).isPresent();
        boolean inTime = now.isBefore(secretSince.plus(OVERLAP));
        return outdated && inTime ? Optional.of(new Caller.Known(id, secretSince)) : Optional.empty();
    }

    /** Never the hashes. */
    @Override
    public String toString() {
        return "Client[" + id + "]";
    }
}
