package dev.usher.factor.digest;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The portable hashes of phpass, {@code $P$} and one character of rounds, eight of salt, 22 of checksum. */
final class Phpass {
    private static final String ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final Pattern FORM = Pattern.compile("\\$[PH]\\$[./0-9A-Za-z]{31}");
    private static final int LEAST_ROUNDS_LOG2 = 7;
    private static final int MOST_ROUNDS_LOG2 = 18;
    private static final int SALT_FROM = 4;
    private static final int SALT_UNTIL = 12;

    private Phpass() {}

    static Optional<Check> plain(String digest) {
        if (!FORM.matcher(digest).matches()) return Optional.empty();
        int log2 = ALPHABET.indexOf(digest.charAt(3));
        if (log2 < LEAST_ROUNDS_LOG2 || log2 > MOST_ROUNDS_LOG2) return Optional.empty();
        byte[] salt = Parts.bytes(digest.substring(SALT_FROM, SALT_UNTIL));
        byte[] checksum = Parts.bytes(digest.substring(SALT_UNTIL));
        return Optional.of(password ->
                MessageDigest.isEqual(checksum, Parts.bytes(encoded(hash(password, salt, 1 << log2)))));
    }

    /** Of the password's MD5 in hexadecimal. */
    static Optional<Check> ofMd5(String digest) {
        return plain(digest)
                .map(check ->
                        password -> check.matches(Parts.bytes(HexFormat.of().formatHex(Parts.hash("MD5", password)))));
    }

    private static byte[] hash(byte[] password, byte[] salt, int rounds) {
        byte[] hash = Parts.hash("MD5", salt, password);
        for (int i = 0; i < rounds; i++) hash = Parts.hash("MD5", hash, password);
        return hash;
    }

    /** Three bytes in four characters, the lowest bits first. */
    private static String encoded(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i += 3) {
            int group = 0;
            int count = Math.min(3, bytes.length - i);
            for (int j = 0; j < count; j++) group |= (bytes[i + j] & 0xff) << (8 * j);
            for (int j = 0; j <= count; j++) text.append(ALPHABET.charAt((group >> (6 * j)) & 0x3f));
        }
        return text.toString();
    }
}
