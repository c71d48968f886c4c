package dev.usher.factor.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;

/** What layouts are made of: numbers, hexadecimal and base64 pieces, texts. */
final class Parts {
    private Parts() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Optional<byte[]> hex(String text) {
        if (text.isEmpty() || text.length() % 2 == 1 || !text.matches("[0-9A-Fa-f]+")) return Optional.empty();
        return Optional.of(HexFormat.of().parseHex(text));
    }

    /** Hexadecimal of so many bytes. */
    static Optional<byte[]> hex(String text, int count) {
        return hex(text).filter(bytes -> bytes.length == count);
    }

    /** Base64 of either alphabet, padded or not. */
    static Optional<byte[]> base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
            return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static OptionalInt number(String text, int least, int most) {
        if (!text.matches("\\d{1,9}")) return OptionalInt.empty();
        int value = Integer.parseInt(text);
        return value >= least && value <= most ? OptionalInt.of(value) : OptionalInt.empty();
    }

    /** The hash of the pieces one after the other. */
    static byte[] hash(String algorithm, byte[]... pieces) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] piece : pieces) digest.update(piece);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
