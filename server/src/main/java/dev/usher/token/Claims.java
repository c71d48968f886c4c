package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.http.ApiVersion;
import dev.usher.instance.Settings;
import dev.usher.organization.ActiveOrganization;
import dev.usher.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The claims of session tokens, of version 2 for callers from 2025-04-10 on and of version 1 for older ones. */
final class Claims {
    /** What every token has of its own; no template can say otherwise. */
    static final Set<String> DEFAULTS = Set.of("azp", "exp", "iat", "iss", "jti", "nbf", "sub");

    private static final String VERSION_2_SINCE = "2025-04-10";

    private Claims() {}

    /** What a token says of its request. */
    record Context(String issuer, Optional<String> authorizedParty, String jti, Instant now) {}

    /** The version that the instance pins, else the one of the caller's API version. */
    static int version(Settings.Tokens settings, ApiVersion caller) {
        return settings.claimsVersion().orElse(caller.isBefore(VERSION_2_SINCE) ? 1 : 2);
    }

    /** The claims that every token has. */
    static ObjectNode defaults(String userId, Context context, Duration lifetime, Duration backdated) {
        Instant now = context.now();
        ObjectNode claims = Json.object();
        context.authorizedParty().ifPresent(origin -> claims.put("azp", origin));
        claims.put("exp", now.plus(lifetime).getEpochSecond());
        claims.put("iat", now.getEpochSecond());
        claims.put("iss", context.issuer());
        claims.put("jti", context.jti());
        claims.put("nbf", now.minus(backdated).getEpochSecond());
        return claims.put("sub", userId);
    }

    /** Gives the claims another lifetime. */
    static void live(ObjectNode claims, Duration lifetime, Instant now) {
        claims.put("exp", now.plus(lifetime).getEpochSecond());
    }

    /** The claims of a session token without custom ones. */
    static ObjectNode ofSession(
            Session session,
            Optional<ActiveOrganization> organization,
            Settings.Tokens settings,
            int version,
            Context context) {
        Instant now = context.now();
        ObjectNode claims = defaults(session.userId(), context, settings.lifetime(), settings.backdated());
        session.actor().ifPresent(actor -> claims.set("act", Json.parse(actor)));
        claims.putArray("fva")
                .add(session.factorAges().firstMinutes(now))
                .add(session.factorAges().secondMinutes(now));
        claims.put("sid", session.id());
        claims.put("sts", session.statusAt(now).wire());
        if (version == 1) organization.ifPresent(active -> OrganizationClaims.putVersion1(claims, active));
        else OrganizationClaims.putVersion2(claims.put("v", 2), organization, settings.entitlements());
        return claims;
    }

    /** Both together in alphabetical order; where a name stands in both, the default claim holds. */
    static ObjectNode merged(ObjectNode custom, ObjectNode defaults) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        custom.forEachEntry(sorted::put);
        defaults.forEachEntry(sorted::put);
        ObjectNode claims = Json.object();
        sorted.forEach(claims::set);
        return claims;
    }
}
