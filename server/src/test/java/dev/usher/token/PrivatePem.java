package dev.usher.token;

import dev.usher.base.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** Private keys as PEM, for tests. */
final class PrivatePem {
    private PrivatePem() {}

    static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair ellipticCurve(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp" + bits + "r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PKCS #8. */
    static Secret pkcs8(KeyPair pair) {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    /** The form from before PKCS #8: what is inside of its octet string. */
    static Secret older(KeyPair pair) {
        String label = pair.getPrivate().getAlgorithm().equals("RSA") ? "RSA PRIVATE KEY" : "EC PRIVATE KEY";
        byte[] whole = pair.getPrivate().getEncoded();
        int algorithm = content(whole, 0) + 3;
        int octets = content(whole, algorithm) + length(whole, algorithm);
        return pem(label, Arrays.copyOfRange(whole, content(whole, octets), whole.length));
    }

    private static int content(byte[] der, int at) {
        return at + 2 + ((der[at + 1] & 0x80) == 0 ? 0 : der[at + 1] & 0x7f);
    }

    private static int length(byte[] der, int at) {
        if ((der[at + 1] & 0x80) == 0) return der[at + 1];
        int length = 0;
        for (int i = at + 2; i < content(der, at); i++) length = length << 8 | der[i] & 0xff;
        return length;
    }

    static Secret pem(String label, byte[] der) {
        return Secret.of("-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n");
    }
}
