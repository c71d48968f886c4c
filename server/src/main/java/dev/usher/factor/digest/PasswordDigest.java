package dev.usher.factor.digest;

import dev.usher.http.PasswordErrors;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A password hash made elsewhere. It is kept as its kind, a colon and the digest as it came; our own hashes begin with a
 * dollar sign.
 */
public final class PasswordDigest {
    private static final int LONGEST = 1024;
    /** What one of our own hashes takes. */
    private static final int USUAL_MEMORY_KIB = 20 * 1024;

    private final Hasher hasher;
    private final String digest;
    private final Check check;

    private PasswordDigest(Hasher hasher, String digest, Check check) {
        this.hasher = hasher;
        this.digest = digest;
        this.check = check;
    }

    /** A digest as callers and files name it.
     *
     * @throws dev.usher.http.Refusal when there is no such hasher or the digest is none of its
     */
    public static PasswordDigest of(String hasher, String digest) {
        Hasher known = Hasher.named(hasher).orElseThrow(PasswordErrors::hasherUnknown);
        return read(known, digest).orElseThrow(() -> PasswordErrors.digestInvalid(known.wire()));
    }

    private static Optional<PasswordDigest> read(Hasher hasher, String digest) {
        if (digest.length() > LONGEST) return Optional.empty();
        return hasher.read(digest).map(check -> new PasswordDigest(hasher, digest, check));
    }

    /** The digest behind a kept hash; empty for our own. */
    public static Optional<PasswordDigest> stored(String hash) {
        int colon = hash.indexOf(':');
        if (hash.startsWith("$") || colon < 0) return Optional.empty();
        return Hasher.named(hash.substring(0, colon)).flatMap(hasher -> read(hasher, hash.substring(colon + 1)));
    }

    /** What is kept of it. */
    public String stored() {
        return hasher.wire() + ":" + digest;
    }

    public boolean matches(String password) {
        return check.matches(password.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a comparison takes so much memory that two at a time are too many. */
    public boolean isLarge() {
        return check.memoryKib() > USUAL_MEMORY_KIB;
    }

    /** Never the digest. */
    @Override
    public String toString() {
        return "PasswordDigest[" + hasher.wire() + "]";
    }
}
