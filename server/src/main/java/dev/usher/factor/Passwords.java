package dev.usher.factor;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.usher.base.Figure;
import dev.usher.base.Unavailable;
import dev.usher.base.Watch;
import dev.usher.factor.digest.PasswordDigest;
import dev.usher.http.Errors;
import dev.usher.instance.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hashes and checks passwords: Argon2id with 19 MiB, two passes and one lane (OWASP password storage), a few at a time, so
 * that sign-ins never starve minting.
 */
public final class Passwords implements AutoCloseable {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final String PRESENT_FORM = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$";
    private static final Duration BUSY = Duration.ofSeconds(2);

    private final ThreadPoolExecutor slots;
    private final Duration patience;
    private final Watch watch;
    /** Held while a comparison takes much memory. */
    private final Object large = new Object();

    /** Made at the first use: the function keeps a block of the memory that it works in. */
    private static final class Present {
        static final Argon2Function FUNCTION =
                Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);
    }

    /**
     * @param slots hashes at a time, at least 1
     * @param mostWaiting callers that may wait for a slot; the next one is told to come back
     * @param patience the longest wait
     */
    public Passwords(int slots, int mostWaiting, Duration patience) {
        this(slots, mostWaiting, patience, Watch.NONE);
    }

    public Passwords(int slots, int mostWaiting, Duration patience, Watch watch) {
        this.slots = pool(slots, mostWaiting);
        this.patience = patience;
        this.watch = watch;
    }

    /** Refuses a password of more bytes than are ever hashed. */
    public static void refuseOversized(String password) {
        if (password.getBytes(StandardCharsets.UTF_8).length > Settings.PasswordRules.MOST_BYTES)
            throw Errors.passwordTooLong(Settings.PasswordRules.MOST_BYTES);
    }

    /** The hash to keep, with its parameters and salt (PHC string). */
    public String hash(String password) {
        return inSlot(() -> Password.hash(password)
                .addRandomSalt(SALT_BYTES)
                .with(Present.FUNCTION)
                .getResult());
    }

    /** The hash of a short code under a salt that the codes of one set share; the same for the same code. */
    String hashWithSalt(String code, byte[] salt) {
        refuseOversized(code);
        return inSlot(() -> Base64.getEncoder()
                .encodeToString(Present.FUNCTION
                        .hash(code.getBytes(StandardCharsets.UTF_8), salt)
                        .getBytes()));
    }

    /** A hash that no password has, for the same work where there is no account. */
    static String nobodysHash() {
        return PRESENT_FORM
                + Base64.getEncoder().withoutPadding().encodeToString(new byte[SALT_BYTES]) + "$"
                + Base64.getEncoder().withoutPadding().encodeToString(new byte[HASH_BYTES]);
    }

    /** Whether the hash was made elsewhere or with other parameters than today's. */
    public static boolean isOutdated(String hash) {
        return !hash.startsWith(PRESENT_FORM);
    }

    /** Whether the password is the one behind the hash, be it ours or one that was made elsewhere. */
    public boolean matches(String password, String hash) {
        refuseOversized(password);
        Optional<PasswordDigest> foreign = PasswordDigest.stored(hash);
        return inSlot(() -> foreign.map(digest -> matches(password, digest))
                .orElseGet(() -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash))));
    }

    private boolean matches(String password, PasswordDigest digest) {
        if (!digest.isLarge()) return digest.matches(password);
        synchronized (large) {
            return digest.matches(password);
        }
    }

    /** Threads of the system, since a hash would keep a virtual thread's carrier from everybody else. */
    private static ThreadPoolExecutor pool(int slots, int mostWaiting) {
        var threads = Thread.ofPlatform().daemon().name("usher-hashing-", 0).factory();
        return new ThreadPoolExecutor(
                slots, slots, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(mostWaiting), threads);
    }

    private <T> T inSlot(Callable<T> work) {
        Future<T> result = submitted(work);
        try (var hashing = watch.begin(Watch.Part.HASH)) {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new Unavailable("a password waited too long to be hashed", BUSY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting to hash", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        }
    }

    private <T> Future<T> submitted(Callable<T> work) {
        try {
            return slots.submit(work);
        } catch (RejectedExecutionException e) {
            throw new Unavailable("too many passwords wait to be hashed", BUSY);
        }
    }

    public List<Figure> figures() {
        return List.of(
                Figure.gauge(
                        "usher_hashing_waiting",
                        "Passwords that wait to be hashed",
                        () -> slots.getQueue().size()),
                Figure.gauge("usher_hashing_running", "Passwords that are being hashed", slots::getActiveCount));
    }

    @Override
    public void close() {
        slots.shutdownNow();
    }
}
