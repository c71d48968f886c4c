package dev.usher.factor;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Optional;

/** Base32 of RFC 4648 without padding, the form in which authenticator apps take secrets. */
final class Base32 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int filled = 0;
        for (byte one : bytes) {
            buffer = buffer << 8 | (one & 0xff);
            filled += 8;
            while (filled >= BITS) {
                filled -= BITS;
                text.append(ALPHABET.charAt(buffer >> filled & 31));
            }
            buffer &= (1 << filled) - 1;
        }
        if (filled > 0) text.append(ALPHABET.charAt(buffer << (BITS - filled) & 31));
        return text.toString();
    }

    /** The bytes of a text, which may be in lower case, in groups, and padded; empty when it is none. */
    static Optional<byte[]> bytes(String text) {
        String compact = text.replaceAll("[\\s-]|=+$", "").toUpperCase(Locale.ROOT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int buffer = 0;
        int filled = 0;
        for (char one : compact.toCharArray()) {
            int value = ALPHABET.indexOf(one);
            if (value < 0) return Optional.empty();
            buffer = buffer << BITS | value;
            filled += BITS;
            if (filled < 8) continue;
            filled -= 8;
            bytes.write(buffer >> filled);
            buffer &= (1 << filled) - 1;
        }
        return bytes.size() == 0 ? Optional.empty() : Optional.of(bytes.toByteArray());
    }
}
