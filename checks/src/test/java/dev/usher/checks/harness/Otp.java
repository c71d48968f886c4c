package dev.usher.checks.harness;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app: reads a secret in Base32 and shows codes (RFC 6238), written from the standard on its own. */
public final class Otp {
    public static final long STEP_MILLIS = 30_000;

    private final byte[] secret;

    public Otp(String base32) {
        ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
        long buffer = 0;
        int filled = 0;
        for (char c : base32.toCharArray()) {
            buffer = buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
            filled += 5;
            if (filled >= 8) {
                filled -= 8;
                bytes.put((byte) (buffer >> filled));
            }
        }
        secret = bytes.array();
    }

    /** The code that is shown at a time in milliseconds. */
    public String at(long millis) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash = mac.doFinal(
                    ByteBuffer.allocate(8).putLong(millis / STEP_MILLIS).array());
            int offset = hash[19] & 0xf;
            int number = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7fffffff;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
