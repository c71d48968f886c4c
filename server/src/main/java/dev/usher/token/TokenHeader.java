package dev.usher.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import java.time.Instant;
import java.util.Optional;

/** The headers of tokens. By the category SDKs tell session tokens from all others. */
final class TokenHeader {
    static final String SESSION = "cl_B7d4PD111AAA";
    private static final String TEMPLATE = "cl_B7d4PD222AAA";

    private TokenHeader() {}

    /** The header of a session token, assembled at an instant. */
    static JWSHeader session(String kid, Instant now) {
        return builder(JWSAlgorithm.RS256, SESSION)
                .keyID(kid)
                .customParam("oiat", now.getEpochSecond())
                .build();
    }

    /**
     * The header of a token from a template.
     *
     * @param kid the instance's key; empty for a key of the template's own, which nobody finds in the published set
     */
    static JWSHeader template(JWSAlgorithm algorithm, Optional<String> kid) {
        JWSHeader.Builder builder = builder(algorithm, TEMPLATE);
        kid.ifPresent(builder::keyID);
        return builder.build();
    }

    private static JWSHeader.Builder builder(JWSAlgorithm algorithm, String category) {
        return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).customParam("cat", category);
    }
}
