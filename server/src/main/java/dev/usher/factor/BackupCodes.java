package dev.usher.factor;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.factor.digest.PasswordDigest;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Codes for the day on which the other second factor is lost: ten of eight characters, each good once. */
public final class BackupCodes {
    static final String STRATEGY = "backup_code";
    private static final int COUNT = 10;
    private static final int LENGTH = 8;
    private static final int SALT_BYTES = 16;
    /** Without what is read for something else: 0 o, 1 l i. */
    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

    private final Ids ids;
    private final Randomness randomness;
    private final Passwords passwords;

    public BackupCodes(Ids ids, Randomness randomness, Passwords passwords) {
        this.ids = ids;
        this.randomness = randomness;
        this.passwords = passwords;
    }

    /** A set that was just made, with the codes for its owner alone. */
    public record Made(String id, List<String> codes, String salt, List<String> hashes, Instant createdAt) {
        /** Never the codes. */
        @Override
        public String toString() {
            return "Made[" + id + "]";
        }
    }

    /** Makes a set. Hashes ten times: never inside a transaction. */
    public Made make(Instant now) {
        String salt = Base64.getEncoder().encodeToString(randomness.bytes(SALT_BYTES));
        List<String> codes = Stream.generate(this::code).distinct().limit(COUNT).toList();
        List<String> hashes = codes.stream().map(code -> hash(code, salt)).toList();
        return new Made(ids.next("bkc", now), codes, salt, hashes, now);
    }

    /** A set of codes that a server brings along, each plain or as the bcrypt digest of one. Hashes: never inside a transaction.
     *
     * @throws dev.usher.http.Refusal when a digest is none
     */
    public Made given(List<String> codes, Instant now) {
        String salt = Base64.getEncoder().encodeToString(randomness.bytes(SALT_BYTES));
        List<String> hashes =
                codes.stream().distinct().map(code -> givenHash(code, salt)).toList();
        return new Made(ids.next("bkc", now), codes, salt, hashes, now);
    }

    private String givenHash(String code, String salt) {
        return code.startsWith("$2") ? PasswordDigest.of("bcrypt", code).stored() : hash(code, salt);
    }

    private String code() {
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) code.append(ALPHABET.charAt(randomness.below(ALPHABET.length())));
        return code.toString();
    }

    /** Replaces the user's codes by the new set. */
    public void save(WriteTx tx, String userId, Made made) {
        BackupCodeStore.replace(tx, userId, made);
    }

    /** Forgets the user's codes. */
    public void remove(WriteTx tx, String userId) {
        BackupCodeStore.delete(tx, userId);
    }

    /** The set of codes that a user has, with those of its hashes that were made elsewhere and are not spent. */
    record Kept(String id, String salt, List<String> foreign) {}

    Optional<Kept> find(Tx tx, String userId) {
        return BackupCodeStore.find(tx, userId);
    }

    /** Whether the user has a set of codes. */
    public boolean exist(Tx tx, String userId) {
        return find(tx, userId).isPresent();
    }

    /** The kept hash that a code as somebody typed it would have. */
    String hash(String code, Kept kept) {
        return kept.foreign().stream()
                .filter(hash -> passwords.matches(code.strip(), hash))
                .findFirst()
                .orElseGet(() -> hash(code, kept.salt()));
    }

    private String hash(String code, String salt) {
        String plain = code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
        return passwords.hashWithSalt(plain, Base64.getDecoder().decode(salt));
    }

    /** Spends a code. Of several at once, one does. */
    boolean spend(WriteTx tx, String setId, String hash, Instant now) {
        return BackupCodeStore.spend(tx, setId, hash, now);
    }
}
