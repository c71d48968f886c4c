package dev.usher.base;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Keeps secrets at rest under the master key: AES-256-GCM for what must be read back, HMAC-SHA-256 for short codes. */
public final class Vault {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec sealingKey;
    private final SecretKeySpec codeKey;
    private final Randomness randomness;

    /**
     * @param masterKey 32 bytes
     */
    public Vault(byte[] masterKey, Randomness randomness) {
        if (masterKey.length != 32) throw new IllegalArgumentException("the master key has 32 bytes");
        this.randomness = randomness;
        this.sealingKey = new SecretKeySpec(derive(masterKey, "usher seal v1"), "AES");
        this.codeKey = new SecretKeySpec(derive(masterKey, "usher codes v1"), "HmacSHA256");
    }

    /** Encrypts; the label binds the result to its place, so that one row's secret cannot stand in another. */
    public String seal(byte[] plain, String label) {
        byte[] nonce = randomness.bytes(NONCE_BYTES);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, label, plain);
        byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
        return Base64.getEncoder().encodeToString(whole);
    }

    /** Decrypts what {@link #seal} made with the same label.
     *
     * @throws WrongKey when the master key is another one or the value was altered
     */
    public byte[] open(String sealed, String label) {
        byte[] whole = Base64.getDecoder().decode(sealed);
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        return run(Cipher.DECRYPT_MODE, nonce, label, Arrays.copyOfRange(whole, NONCE_BYTES, whole.length));
    }

    /** A keyed hash for a code too short to be hashed bare; the label names what the code was made for. */
    public String codeHash(String code, String label) {
        byte[] mac = hmac(codeKey, (label + "\n" + code).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    private byte[] run(int mode, byte[] nonce, String label, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, sealingKey, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(label.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new WrongKey(label, e);
        }
    }

    private static byte[] derive(byte[] masterKey, String purpose) {
        return hmac(new SecretKeySpec(masterKey, "HmacSHA256"), purpose.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(SecretKeySpec key, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** The master key does not open what the data folder holds. */
    public static final class WrongKey extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongKey(String label, Throwable cause) {
            super("the master key does not open " + label, cause);
        }
    }
}
