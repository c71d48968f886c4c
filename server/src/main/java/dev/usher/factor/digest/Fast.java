package dev.usher.factor.digest;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** Hashes that were never meant for passwords. */
final class Fast {
    private static final int MD5_BYTES = 16;
    private static final int SHA1_BYTES = 20;
    private static final int SHA256_BYTES = 32;
    private static final int SHA512_BYTES = 64;
    private static final int MOST_ITERATIONS = 500_000;
    private static final String SSHA = "{SSHA}";

    private Fast() {}

    static Optional<Check> md5(String digest) {
        return bare("MD5", MD5_BYTES, digest);
    }

    static Optional<Check> sha256(String digest) {
        return bare("SHA-256", SHA256_BYTES, digest);
    }

    static Optional<Check> md5Salted(String digest) {
        return salted("MD5", MD5_BYTES, digest);
    }

    static Optional<Check> sha256Salted(String digest) {
        return salted("SHA-256", SHA256_BYTES, digest);
    }

    private static Optional<Check> bare(String algorithm, int length, String digest) {
        return Parts.hex(digest, length)
                .map(hash -> password -> MessageDigest.isEqual(hash, Parts.hash(algorithm, password)));
    }

    /** {@code salt$hash}. The documents do not say on which side the salt stood, so both are tried. */
    private static Optional<Check> salted(String algorithm, int length, String digest) {
        int end = digest.lastIndexOf('$');
        if (end < 1) return Optional.empty();
        byte[] salt = Parts.bytes(digest.substring(0, end));
        return Parts.hex(digest.substring(end + 1), length)
                .map(hash -> password -> MessageDigest.isEqual(hash, Parts.hash(algorithm, salt, password))
                        | MessageDigest.isEqual(hash, Parts.hash(algorithm, password, salt)));
    }

    /** {@code sha512_symfony$iterations$salt$hash}: of {@code password{salt}}, then of the last hash and that again. */
    static Optional<Check> symfony(String digest) {
        String[] parts = digest.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals("sha512_symfony")) return Optional.empty();
        var iterations = Parts.number(parts[1], 1, MOST_ITERATIONS);
        Optional<byte[]> hash = Parts.base64(parts[3]).filter(bytes -> bytes.length == SHA512_BYTES);
        if (iterations.isEmpty() || hash.isEmpty()) return Optional.empty();
        byte[] salt = Parts.bytes(parts[2].isEmpty() ? "" : "{" + parts[2] + "}");
        return Optional.of(
                password -> MessageDigest.isEqual(hash.get(), symfony(password, salt, iterations.getAsInt())));
    }

    private static byte[] symfony(byte[] password, byte[] salt, int iterations) {
        byte[] hash = Parts.hash("SHA-512", password, salt);
        for (int i = 1; i < iterations; i++) hash = Parts.hash("SHA-512", hash, password, salt);
        return hash;
    }

    /** {@code {SSHA}} and base64 of the SHA-1 of password and salt, followed by the salt. */
    static Optional<Check> ldap(String digest) {
        if (!digest.startsWith(SSHA)) return Optional.empty();
        return Parts.base64(digest.substring(SSHA.length()))
                .filter(bytes -> bytes.length > SHA1_BYTES)
                .map(bytes -> {
                    byte[] hash = Arrays.copyOf(bytes, SHA1_BYTES);
                    byte[] salt = Arrays.copyOfRange(bytes, SHA1_BYTES, bytes.length);
                    return password -> MessageDigest.isEqual(hash, Parts.hash("SHA-1", password, salt));
                });
    }
}
