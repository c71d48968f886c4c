package dev.usher.factor.digest;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2 (RFC 9106) in the form of PHC strings. */
final class Argon2 {
    private static final Pattern FORM = Pattern.compile(
            "\\$argon2(id?)(?:\\$v=(\\d{1,2}))?\\$m=(\\d{1,7}),t=(\\d{1,4}),p=(\\d{1,2})\\$([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+)");
    private static final int MOST_MEMORY_KIB = 128 * 1024;
    /** Memory times passes: as long as four passes over the most memory. */
    private static final long MOST_WORK_KIB = 4L * MOST_MEMORY_KIB;

    private static final int MOST_LANES = 16;
    private static final int LEAST_BYTES = 8;
    private static final int MOST_BYTES = 128;

    private Argon2() {}

    static Optional<Check> i(String digest) {
        return read("i", digest);
    }

    static Optional<Check> id(String digest) {
        return read("id", digest);
    }

    private static Optional<Check> read(String variant, String digest) {
        Matcher match = FORM.matcher(digest);
        if (!match.matches() || !match.group(1).equals(variant)) return Optional.empty();
        int memory = Integer.parseInt(match.group(3));
        int passes = Integer.parseInt(match.group(4));
        int lanes = Integer.parseInt(match.group(5));
        Optional<byte[]> salt = Parts.base64(match.group(6)).filter(bytes -> bytes.length <= MOST_BYTES);
        Optional<byte[]> hash =
                Parts.base64(match.group(7)).filter(bytes -> bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES);
        if (!isAllowed(memory, passes, lanes) || salt.isEmpty() || hash.isEmpty()) return Optional.empty();
        return version(match.group(2))
                .map(version -> new Argon2Parameters.Builder(type(variant))
                        .withVersion(version)
                        .withMemoryAsKB(memory)
                        .withIterations(passes)
                        .withParallelism(lanes)
                        .withSalt(salt.get())
                        .build())
                .<Check>map(parameters ->
                        password -> MessageDigest.isEqual(hash.get(), hashed(parameters, password, hash.get().length)))
                .map(check -> check.taking(memory));
    }

    private static boolean isAllowed(int memory, int passes, int lanes) {
        boolean known = lanes >= 1 && lanes <= MOST_LANES && passes >= 1;
        return known && memory >= 8 * lanes && memory <= MOST_MEMORY_KIB && (long) memory * passes <= MOST_WORK_KIB;
    }

    private static int type(String variant) {
        return variant.equals("i") ? Argon2Parameters.ARGON2_i : Argon2Parameters.ARGON2_id;
    }

    /** Version 19 where none is named. */
    private static Optional<Integer> version(@org.jspecify.annotations.Nullable String named) {
        if (named == null || named.equals("19")) return Optional.of(Argon2Parameters.ARGON2_VERSION_13);
        return named.equals("16") ? Optional.of(Argon2Parameters.ARGON2_VERSION_10) : Optional.empty();
    }

    private static byte[] hashed(Argon2Parameters parameters, byte[] password, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] hash = new byte[length];
        generator.generateBytes(password, hash);
        return hash;
    }
}
