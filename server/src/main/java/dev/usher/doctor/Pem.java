package dev.usher.doctor;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** A public key as SDKs take it for verification without a request. */
final class Pem {
    private Pem() {}

    /** The modulus of an RSA key; empty for anything else. Armour is optional, as it is for SDKs. */
    static Optional<BigInteger> modulus(String pem) {
        boolean armoured = pem.contains("-----BEGIN");
        boolean whole = pem.contains("-----BEGIN PUBLIC KEY-----") && pem.contains("-----END PUBLIC KEY-----");
        if (armoured && !whole) return Optional.empty();
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            var key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(bytes));
            return key instanceof RSAPublicKey rsa ? Optional.of(rsa.getModulus()) : Optional.empty();
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
