package dev.usher.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A value that must not be seen: prints a mask, compares in constant time, is stored as its SHA-256. */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    public static Secret of(String text) {
        return new Secret(text);
    }

    /** The text itself, for the one place that hands it to its owner. */
    public String reveal() {
        return text;
    }

    /** SHA-256 of the text, base64url without padding: what the database keeps. */
    public String hash() {
        byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    /** Whether this is the secret behind a stored hash; takes the same time either way. */
    public boolean hashesTo(String storedHash) {
        return constantTimeEquals(hash(), storedHash);
    }

    /** Whether two secrets are the same; takes the same time either way. */
    public boolean sameAs(Secret other) {
        return constantTimeEquals(hash(), other.hash());
    }

    /** Compares two texts in time that depends on their lengths alone. */
    public static boolean constantTimeEquals(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "****";
    }
}
