package dev.usher.base;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Where secrets, codes and names come from. */
public final class Randomness {
    private final RandomGenerator generator;

    public Randomness() {
        this(new SecureRandom());
    }

    /** For tests that need the same values twice. */
    public Randomness(RandomGenerator generator) {
        this.generator = generator;
    }

    /** A secret of 256 bits, base64url. */
    public Secret secret() {
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32)));
    }

    /** Random bytes. */
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        generator.nextBytes(bytes);
        return bytes;
    }

    /** A one-time code of six decimal digits, each of the million equally likely. */
    public String sixDigits() {
        return "%06d".formatted(generator.nextInt(1_000_000));
    }

    /** A number from 0 up to, not including, the bound. */
    public int below(int bound) {
        return generator.nextInt(bound);
    }
}
