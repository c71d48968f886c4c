package dev.usher.factor.digest;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/** scrypt (RFC 7914) as Firebase and as Werkzeug use it. */
final class Scrypt {
    private static final Pattern WERKZEUG =
            Pattern.compile("\\$?scrypt:(\\d{1,7}):(\\d{1,3}):(\\d{1,2})\\$([^$]+)\\$([^$]+)");
    /** N times r: 64 MiB. */
    private static final int MOST_BLOCKS = 1 << 19;

    private static final int MOST_LANES = 8;
    private static final int MOST_ROUNDS = 64;
    private static final int MOST_MEMORY_LOG2 = 18;
    private static final int FIREBASE_KEY_BYTES = 32;
    private static final int WERKZEUG_BYTES = 64;

    private Scrypt() {}

    /** The cost: N, a power of two, block size r, lanes p. */
    private record Cost(int n, int r, int p) {
        boolean isAllowed() {
            boolean powerOfTwo = Integer.bitCount(n) == 1 && n > 1;
            boolean known = r >= 1 && r <= MOST_ROUNDS && p >= 1 && p <= MOST_LANES;
            return powerOfTwo && known && (long) n * r <= MOST_BLOCKS && (r > 1 || n < 65_536);
        }

        int memoryKib() {
            return n / 8 * r;
        }

        byte[] key(byte[] password, byte[] salt, int length) {
            return SCrypt.generate(password, salt, n, r, p, length);
        }
    }

    /** {@code hash$salt$signer key$salt separator$rounds$memory cost}; the derived key encrypts the signer key. */
    static Optional<Check> firebase(String digest) {
        String[] parts = digest.split("\\$", -1);
        if (parts.length != 6) return Optional.empty();
        Optional<byte[]> hash = Parts.base64(parts[0]);
        Optional<byte[]> salt = Parts.base64(parts[1]);
        Optional<byte[]> signerKey = Parts.base64(parts[2]);
        Optional<byte[]> separator = parts[3].isEmpty() ? Optional.of(new byte[0]) : Parts.base64(parts[3]);
        var rounds = Parts.number(parts[4], 1, MOST_ROUNDS);
        var memory = Parts.number(parts[5], 1, MOST_MEMORY_LOG2);
        boolean whole = hash.isPresent() && salt.isPresent() && signerKey.isPresent() && separator.isPresent();
        if (!whole || rounds.isEmpty() || memory.isEmpty()) return Optional.empty();
        if (hash.get().length != signerKey.get().length || hash.get().length < 16) return Optional.empty();
        Cost cost = new Cost(1 << memory.getAsInt(), rounds.getAsInt(), 1);
        return firebase(hash.get(), joined(salt.get(), separator.get()), signerKey.get(), cost);
    }

    private static Optional<Check> firebase(byte[] hash, byte[] salt, byte[] signerKey, Cost cost) {
        if (!cost.isAllowed()) return Optional.empty();
        Check check = password ->
                MessageDigest.isEqual(hash, encrypted(signerKey, cost.key(password, salt, FIREBASE_KEY_BYTES)));
        return Optional.of(check.taking(cost.memoryKib()));
    }

    private static byte[] encrypted(byte[] plain, byte[] key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] whole = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        return whole;
    }

    /** {@code scrypt:N:r:p$salt$hash}, the salt a text, the hash in hexadecimal (or base64, as the documents have it). */
    static Optional<Check> werkzeug(String digest) {
        Matcher match = WERKZEUG.matcher(digest);
        if (!match.matches()) return Optional.empty();
        Cost cost = new Cost(number(match, 1), number(match, 2), number(match, 3));
        byte[] salt = Parts.bytes(match.group(4));
        if (!cost.isAllowed()) return Optional.empty();
        return Parts.hex(match.group(5), WERKZEUG_BYTES)
                .or(() -> Parts.base64(match.group(5)).filter(bytes -> bytes.length == WERKZEUG_BYTES))
                .<Check>map(hash -> password -> MessageDigest.isEqual(hash, cost.key(password, salt, WERKZEUG_BYTES)))
                .map(check -> check.taking(cost.memoryKib()));
    }

    private static int number(Matcher match, int group) {
        return Integer.parseInt(match.group(group));
    }
}
