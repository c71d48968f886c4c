package dev.usher.handshake;

import dev.usher.http.Exchange;
import dev.usher.http.HandshakeErrors;
import dev.usher.http.Origins;
import dev.usher.session.PageTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A session token that a server wants to have renewed, and that was found to be one of ours, for this session and this origin. */
record ExpiredToken(String sessionId, String jti, String origin) {
    private static final Duration OLDEST = Duration.ofDays(7);

    /** Checks everything that the token itself tells.
     *
     * @throws dev.usher.http.Refusal that makes SDKs go on with a handshake
     */
    static ExpiredToken read(
            Exchange exchange, PageTokens tokens, String token, String sessionId, String requestOrigin) {
        String origin = Origins.ofUrl(requestOrigin)
                .filter(requestOrigin::equals)
                .orElseThrow(HandshakeErrors::refreshOriginInvalid);
        JsonNode claims = tokens.read(exchange, token).orElseThrow(HandshakeErrors::expiredTokenInvalid);
        String party = text(claims, "azp").orElseThrow(HandshakeErrors::expiredTokenWithoutParty);
        if (!party.equals(origin)) throw HandshakeErrors.refreshOriginMismatch();
        String sid = text(claims, "sid").orElseThrow(HandshakeErrors::expiredTokenWithoutSession);
        if (!sid.equals(sessionId)) throw HandshakeErrors.refreshSessionMismatch();
        requireAge(claims, exchange.now());
        return new ExpiredToken(sid, text(claims, "jti").orElseThrow(HandshakeErrors::expiredTokenInvalid), origin);
    }

    private static void requireAge(JsonNode claims, Instant now) {
        if (!claims.path("iat").isNumber()) throw HandshakeErrors.expiredTokenWithoutTime();
        Instant issued = Instant.ofEpochSecond(claims.path("iat").asLong());
        if (issued.isBefore(now.minus(OLDEST))) throw HandshakeErrors.expiredTokenTooOld();
        boolean expired = claims.path("exp").asLong(Long.MAX_VALUE) <= now.getEpochSecond();
        if (!expired) throw HandshakeErrors.tokenNotExpired();
    }

    private static Optional<String> text(JsonNode claims, String name) {
        return claims.path(name).asStringOpt().filter(text -> !text.isEmpty());
    }
}
