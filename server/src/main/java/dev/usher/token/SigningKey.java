package dev.usher.token;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** A key that tokens are signed with, named by its {@code kid}. */
record SigningKey(String kid, RSAPublicKey publicKey, PrivateKey privateKey) {
    /** The public half as PEM (RFC 7468), for verifiers that work offline. */
    String pem() {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(publicKey.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
