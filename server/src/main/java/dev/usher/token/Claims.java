package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.http.ApiVersion;
import dev.usher.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The claims of session tokens, of version 2 for callers from 2025-04-10 on and of version 1 for older ones. */
final class Claims {
    /** How long a session token is valid. */
    static final Duration LIFETIME = Duration.ofSeconds(60);

    /** How far {@code nbf} lies before {@code iat}, for verifiers whose clocks are slow. */
    private static final Duration BACKDATED = Duration.ofSeconds(10);

    private static final String VERSION_2_SINCE = "2025-04-10";

    private Claims() {}

    /** What a token says of its request. */
    record Context(String issuer, Optional<String> authorizedParty, String jti, ApiVersion apiVersion, Instant now) {}

    /** The claims in alphabetical order. */
    static ObjectNode of(Session session, Context context) {
        Instant now = context.now();
        ObjectNode claims = Json.object();
        context.authorizedParty().ifPresent(origin -> claims.put("azp", origin));
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        claims.putArray("fva")
                .add(session.factorAges().firstMinutes(now))
                .add(session.factorAges().secondMinutes(now));
        claims.put("iat", now.getEpochSecond());
        claims.put("iss", context.issuer());
        claims.put("jti", context.jti());
        claims.put("nbf", now.minus(BACKDATED).getEpochSecond());
        claims.put("sid", session.id());
        claims.put("sts", session.statusAt(now).wire());
        claims.put("sub", session.userId());
        if (!context.apiVersion().isBefore(VERSION_2_SINCE)) claims.put("v", 2);
        return claims;
    }
}
