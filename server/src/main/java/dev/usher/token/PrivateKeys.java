package dev.usher.token;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads private keys from PEM (RFC 7468): PKCS #8, and the older forms of RSA (PKCS #1) and elliptic curves (SEC 1). */
final class PrivateKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final String RSA_ALGORITHM = "300d06092a864886f70d0101010500";
    private static final String P256_ALGORITHM = "301306072a8648ce3d020106082a8648ce3d030107";
    private static final String P384_ALGORITHM = "301006072a8648ce3d020106052b81040022";
    private static final String P521_ALGORITHM = "301006072a8648ce3d020106052b81040023";

    private PrivateKeys() {}

    /** The RSA key; empty when the text holds none. */
    static Optional<PrivateKey> rsa(String text) {
        return read("RSA", text, "RSA PRIVATE KEY", RSA_ALGORITHM, older -> true);
    }

    /**
     * The key on a curve; empty when the text holds none.
     *
     * @param bits of the curve: 256, 384 or 521
     */
    static Optional<PrivateKey> ellipticCurve(String text, int bits) {
        String algorithm = switch (bits) {
            case 256 -> P256_ALGORITHM;
            case 384 -> P384_ALGORITHM;
            default -> P521_ALGORITHM;
        };
        return read("EC", text, "EC PRIVATE KEY", algorithm, older -> hasScalar(older, bits));
    }

    private static Optional<PrivateKey> read(
            String type, String text, String olderLabel, String algorithm, Predicate<byte[]> fits) {
        Matcher pem = PEM.matcher(text);
        while (pem.find()) {
            byte[] key = decoded(pem.group(2));
            if (pem.group(1).equals("PRIVATE KEY")) return key(type, key);
            if (pem.group(1).equals(olderLabel))
                return fits.test(key) ? key(type, wrapped(algorithm, key)) : Optional.empty();
        }
        return Optional.empty();
    }

    /** SEC 1 keys begin with version 1 and a scalar as long as their curve's numbers (RFC 5915 section 3). */
    private static boolean hasScalar(byte[] sec1, int bits) {
        if (sec1.length < 2) return false;
        int version = sec1[1] >= 0 ? 2 : 2 + (sec1[1] & 0x7f);
        byte[] expected = {2, 1, 1, 4, (byte) Math.ceilDiv(bits, 8)};
        return sec1.length > version + 5 && Arrays.equals(sec1, version, version + 5, expected, 0, 5);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static Optional<PrivateKey> key(String type, byte[] pkcs8) {
        try {
            return Optional.of(KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** PKCS #8 around an older form (RFC 5958 section 2): version 0, the algorithm, and the key as an octet string. */
    private static byte[] wrapped(String algorithm, byte[] older) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(new byte[] {2, 1, 0});
        inner.writeBytes(HexFormat.of().parseHex(algorithm));
        inner.writeBytes(element(4, older));
        return element(0x30, inner.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length < 0x80) element.write(content.length);
        else {
            byte[] length = HexFormat.of()
                    .parseHex(
                            content.length < 0x100
                                    ? "%02x".formatted(content.length)
                                    : "%04x".formatted(content.length));
            element.write(0x80 | length.length);
            element.writeBytes(length);
        }
        element.writeBytes(content);
        return element.toByteArray();
    }
}
