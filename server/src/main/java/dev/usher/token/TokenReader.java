package dev.usher.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.usher.base.Json;
import java.text.ParseException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads session tokens that were signed here. Whether one has expired is for others to say. */
final class TokenReader {
    private static final int LONGEST = 16 * 1024;

    private TokenReader() {}

    /** The claims of a session token signed with one of these published keys for this issuer; empty for anything else. */
    static Optional<JsonNode> read(String token, JsonNode publishedKeys, String issuer) {
        if (token.length() > LONGEST) return Optional.empty();
        try {
            JWSObject signed = JWSObject.parse(token);
            boolean isSessionToken =
                    JWSAlgorithm.RS256.equals(signed.getHeader().getAlgorithm())
                            && TokenHeader.SESSION.equals(signed.getHeader().getCustomParam("cat"));
            if (!isSessionToken || !isSigned(signed, publishedKeys)) return Optional.empty();
            JsonNode claims = Json.parse(signed.getPayload().toString());
            return Optional.of(claims)
                    .filter(found -> issuer.equals(found.path("iss").asString("")));
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private static boolean isSigned(JWSObject token, JsonNode publishedKeys) throws ParseException, JOSEException {
        JWK key = JWKSet.parse(Json.text(publishedKeys))
                .getKeyByKeyId(token.getHeader().getKeyID());
        return key != null && token.verify(new RSASSAVerifier(key.toRSAKey()));
    }
}
