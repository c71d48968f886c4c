package dev.usher.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import dev.usher.base.Secret;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAKey;
import java.util.List;

/** A key that a template brings along, ready to sign. */
record TemplateSigner(JWSAlgorithm algorithm, JWSSigner signer, int signatureBytes) {
    /** HMAC, RSA and elliptic curves, each with three hashes (RFC 7518 section 3.1). */
    static final List<String> ALGORITHMS =
            List.of("HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512");

    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192;

    /** The key cannot sign, or is too weak; the message says why. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        Unfit(String why) {
            super(why);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * The signer.
     *
     * @param algorithm one of {@link #ALGORITHMS}
     * @param key for HS the text of the secret, for RS and ES a private key as PEM
     */
    static TemplateSigner of(String algorithm, Secret key) throws Unfit {
        JWSAlgorithm parsed = JWSAlgorithm.parse(algorithm);
        int bits = Integer.parseInt(algorithm.substring(2));
        try {
            return switch (algorithm.substring(0, 2)) {
                case "HS" -> new TemplateSigner(parsed, hmac(key, bits), bits / 8);
                case "RS" -> rsa(parsed, key);
                default -> ellipticCurve(parsed, key, bits == 512 ? 521 : bits);
            };
        } catch (JOSEException e) {
            throw new Unfit("The key does not fit " + algorithm + ".");
        }
    }

    private static JWSSigner hmac(Secret key, int bits) throws Unfit, JOSEException {
        byte[] secret = key.reveal().getBytes(StandardCharsets.UTF_8);
        if (secret.length * 8 < bits)
            throw new Unfit("A secret for HS" + bits + " has " + bits / 8 + " bytes or more.");
        return new MACSigner(secret);
    }

    private static TemplateSigner rsa(JWSAlgorithm algorithm, Secret key) throws Unfit {
        PrivateKey found = PrivateKeys.rsa(key.reveal())
                .orElseThrow(() -> new Unfit("The key must be an RSA private key as PEM, without a password."));
        int bits = ((RSAKey) found).getModulus().bitLength();
        if (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS)
            throw new Unfit("An RSA key has " + LEAST_RSA_BITS + " to " + MOST_RSA_BITS + " bits, not " + bits + ".");
        return new TemplateSigner(algorithm, new RSASSASigner(found), Math.ceilDiv(bits, 8));
    }

    private static TemplateSigner ellipticCurve(JWSAlgorithm algorithm, Secret key, int bits)
            throws Unfit, JOSEException {
        PrivateKey found = PrivateKeys.ellipticCurve(key.reveal(), bits)
                .orElseThrow(
                        () -> new Unfit("The key must be a private key on P-" + bits + " as PEM, without a password."));
        ECDSASigner signer = new ECDSASigner((ECPrivateKey) found);
        if (!signer.supportedJWSAlgorithms().contains(algorithm))
            throw new Unfit("A key for " + algorithm + " is on the curve P-" + bits + ".");
        return new TemplateSigner(algorithm, signer, 2 * Math.ceilDiv(bits, 8));
    }
}
