package dev.usher.factor.digest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 (RFC 8018) in its published layouts: {@code name$iterations$salt$hash}. */
final class Pbkdf2 {
    private static final int MOST_ITERATIONS = 2_000_000;
    private static final int LEAST_BYTES = 8;
    private static final int MOST_BYTES = 64;

    private Pbkdf2() {}

    private record Layout(int iterations, String salt, String hash) {
        static Optional<Layout> read(String name, String digest) {
            String[] parts = digest.split("\\$", -1);
            if (parts.length != 4 || !parts[0].equals(name) || parts[2].isEmpty()) return Optional.empty();
            var iterations = Parts.number(parts[1], 1, MOST_ITERATIONS);
            return iterations.isPresent()
                    ? Optional.of(new Layout(iterations.getAsInt(), parts[2], parts[3]))
                    : Optional.empty();
        }

        Optional<Check> check(String hmac, Optional<byte[]> saltBytes, Optional<byte[]> hashBytes) {
            return saltBytes.flatMap(one -> hashBytes
                    .filter(two -> two.length >= LEAST_BYTES && two.length <= MOST_BYTES)
                    .map(two ->
                            password -> MessageDigest.isEqual(two, key(hmac, password, one, iterations, two.length))));
        }
    }

    /**
     * With the hash in hexadecimal and perhaps the length of the key at the end. The salt may be hexadecimal, else it is a
     * text; one that could be either is tried as both.
     */
    static Optional<Check> sha1(String digest) {
        String[] parts = digest.split("\\$", -1);
        boolean hasLength = parts.length == 5;
        String four = hasLength ? digest.substring(0, digest.lastIndexOf('$')) : digest;
        Optional<Layout> layout = Layout.read("pbkdf2_sha1", four);
        Optional<byte[]> hash = layout.flatMap(one -> Parts.hex(one.hash()));
        if (layout.isEmpty() || hash.isEmpty()) return Optional.empty();
        if (hasLength && !parts[4].equals(String.valueOf(hash.get().length))) return Optional.empty();
        Optional<Check> asText =
                layout.get().check("SHA1", Optional.of(Parts.bytes(layout.get().salt())), hash);
        Optional<Check> asHex =
                layout.get().check("SHA1", Parts.hex(layout.get().salt()), hash);
        return asText.map(text -> asHex.<Check>map(hex -> password -> hex.matches(password) | text.matches(password))
                .orElse(text));
    }

    /** With salt and hash in base64. */
    static Optional<Check> sha256(String digest) {
        return Layout.read("pbkdf2_sha256", digest)
                .flatMap(one -> one.check("SHA256", Parts.base64(one.salt()), Parts.base64(one.hash())));
    }

    /** With the salt as a text and the hash in base64. */
    static Optional<Check> django(String digest) {
        return Layout.read("pbkdf2_sha256", digest)
                .flatMap(one -> one.check("SHA256", Optional.of(Parts.bytes(one.salt())), Parts.base64(one.hash())));
    }

    /** With the salt as a text and the hash in hexadecimal. */
    static Optional<Check> sha512(String digest) {
        return Layout.read("pbkdf2_sha512", digest)
                .flatMap(one -> one.check("SHA512", Optional.of(Parts.bytes(one.salt())), Parts.hex(one.hash())));
    }

    /** With salt and hash in hexadecimal. */
    static Optional<Check> sha512Hex(String digest) {
        return List.of("pbkdf2_sha512_hex", "pbkdf2_sha512").stream()
                .flatMap(name -> Layout.read(name, digest).stream())
                .findFirst()
                .flatMap(one -> one.check("SHA512", Parts.hex(one.salt()), Parts.hex(one.hash())));
    }

    private static byte[] key(String hmac, byte[] password, byte[] salt, int iterations, int length) {
        char[] characters = new String(password, StandardCharsets.UTF_8).toCharArray();
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmac" + hmac)
                    .generateSecret(new PBEKeySpec(characters, salt, iterations, length * 8))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2", e);
        }
    }
}
