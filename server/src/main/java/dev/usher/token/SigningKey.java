package dev.usher.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.usher.base.Json;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A key, named by its {@code kid}; its signer is there as long as it may sign. */
record SigningKey(String kid, RSAPublicKey publicKey, Optional<RsaSigner> signer) {
    /** The public half as PEM (RFC 7468), for verifiers that work offline. */
    String pem() {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(publicKey.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }

    /** The public half as it is published (RFC 7517). */
    JsonNode jwk() {
        RSAKey jwk = new RSAKey.Builder(publicKey)
                .keyUse(KeyUse.SIGNATURE)
                .keyID(kid)
                .algorithm(JWSAlgorithm.RS256)
                .build();
        return Json.parse(jwk.toJSONString());
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
