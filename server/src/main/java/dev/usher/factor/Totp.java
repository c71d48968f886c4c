package dev.usher.factor;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.base.Vault;
import dev.usher.instance.Instance;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.User;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238: SHA-1, six digits, 30 seconds). One step back is tolerated; each step is spent
 * once, and after one no step before it.
 */
public final class Totp {
    static final String STRATEGY = "totp";
    private static final long STEP_SECONDS = 30;
    private static final int SECRET_BYTES = 20;
    private static final int DIGITS = 6;
    private static final int LEAST_FOREIGN_BYTES = 10;
    private static final int MOST_FOREIGN_BYTES = 64;

    private final Vault vault;
    private final Ids ids;
    private final Randomness randomness;

    public Totp(Vault vault, Ids ids, Randomness randomness) {
        this.vault = vault;
        this.ids = ids;
        this.randomness = randomness;
    }

    /** A secret that was just made, for its owner alone. */
    public record Enrolment(String id, String secret, String uri, Instant createdAt) {}

    /** Makes a secret that counts once a code of it was shown; one begun before is void.
     *
     * @return empty when there is a verified one
     */
    public Optional<Enrolment> enrol(WriteTx tx, Instance instance, User user, Instant now) {
        byte[] secret = randomness.bytes(SECRET_BYTES);
        String id = ids.next("totp", now);
        if (!TotpStore.replaceUnverified(tx, user.id(), id, vault.seal(secret, id), now)) return Optional.empty();
        String text = Base32.text(secret);
        return Optional.of(new Enrolment(id, text, uri(instance, user, text), now));
    }

    /** Whether a text is a secret that can be taken over from another server: base32 of 10 to 64 bytes. */
    public static boolean isSecret(String text) {
        return Base32.bytes(text)
                .filter(secret -> secret.length >= LEAST_FOREIGN_BYTES && secret.length <= MOST_FOREIGN_BYTES)
                .isPresent();
    }

    /** Takes over a verified secret of a user who comes from another server and has none here. */
    public void admit(WriteTx tx, String userId, String secret, Instant now) {
        String id = ids.next("totp", now);
        TotpStore.insertVerified(tx, userId, id, vault.seal(Base32.bytes(secret).orElseThrow(), id), now);
    }

    private static String uri(Instance instance, User user, String secret) {
        String issuer = encoded(instance.settings().applicationName());
        return "otpauth://totp/" + issuer + ":" + encoded(user.identifier()) + "?algorithm=SHA1&digits=" + DIGITS
                + "&issuer=" + issuer + "&period=" + STEP_SECONDS + "&secret=" + secret;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A secret at rest. */
    record Kept(String id, String sealedSecret, OptionalLong lastStep) {}

    Optional<Kept> find(Tx tx, String userId, boolean verified) {
        return TotpStore.find(tx, userId, verified);
    }

    /** Whether the user has an authenticator app that counts. */
    public boolean isVerified(Tx tx, String userId) {
        return find(tx, userId, true).isPresent();
    }

    /** The step whose code this is: the present one or the one before, later than any spent one. */
    OptionalLong step(Kept kept, String code, Instant now) {
        SecretKeySpec key = new SecretKeySpec(vault.open(kept.sealedSecret(), kept.id()), "HmacSHA1");
        long present = now.getEpochSecond() / STEP_SECONDS;
        OptionalLong found = OptionalLong.empty();
        for (long step = present - 1; step <= present; step++) {
            boolean same = Secret.constantTimeEquals(code(key, step), code);
            boolean unspent =
                    kept.lastStep().isEmpty() || step > kept.lastStep().getAsLong();
            if (same && unspent) found = OptionalLong.of(step);
        }
        return found;
    }

    private static String code(SecretKeySpec key, long step) {
        try {
            return new HmacOneTimePasswordGenerator(DIGITS).generateOneTimePasswordString(key, step, Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("every secret is a key of HMAC", e);
        }
    }

    /** What was computed before a code is spent. */
    public record Guess(String id, OptionalLong step) {}

    /** The secret whose enrolment is under way. */
    public Optional<Guess> guessEnrolment(Tx tx, String userId, String code, Instant now) {
        return find(tx, userId, false).map(kept -> new Guess(kept.id(), step(kept, code, now)));
    }

    /** Ends the enrolment, and spends the step that ended it. */
    public boolean verify(WriteTx tx, Guess guess, Instant now) {
        return guess.step().isPresent()
                && TotpStore.verify(tx, guess.id(), guess.step().getAsLong(), now);
    }

    /** Spends a step. Of several at once, one does. */
    boolean spend(WriteTx tx, String id, long step, Instant now) {
        return TotpStore.advance(tx, id, step, now);
    }

    /** Forgets the secret; the id of the one that was verified, if one was. */
    public Optional<String> remove(WriteTx tx, String userId) {
        Optional<String> id = find(tx, userId, true).map(Kept::id);
        TotpStore.delete(tx, userId);
        return id;
    }
}
