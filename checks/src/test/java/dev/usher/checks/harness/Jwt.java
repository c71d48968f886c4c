package dev.usher.checks.harness;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** A signed token, read and verified with nothing but the JDK. */
public record Jwt(JsonNode header, JsonNode claims, String signed, byte[] signature) {

    public static Jwt parse(String compact) {
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3) throw new IllegalArgumentException("no JWT: " + compact);
        return new Jwt(json(parts[0]), json(parts[1]), parts[0] + "." + parts[1], decoded(parts[2]));
    }

    private static JsonNode json(String part) {
        return Wire.json(new String(decoded(part), StandardCharsets.UTF_8));
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    public boolean verifies(PublicKey key) throws GeneralSecurityException {
        Signature rsa = Signature.getInstance("SHA256withRSA");
        rsa.initVerify(key);
        rsa.update(signed.getBytes(StandardCharsets.US_ASCII));
        return rsa.verify(signature);
    }

    /** The key of a key set with a key id. */
    public static PublicKey key(JsonNode keySet, String keyId) throws GeneralSecurityException {
        JsonNode key = keySet.path("keys")
                .valueStream()
                .filter(one -> one.path("kid").asString("").equals(keyId))
                .findFirst()
                .orElseThrow();
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(key.path("n")), number(key.path("e"))));
    }

    private static BigInteger number(JsonNode base64) {
        return new BigInteger(1, decoded(base64.asString()));
    }

    /** The key of a PEM text. */
    public static PublicKey key(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
