package dev.usher.instance;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.base.Vault;
import dev.usher.store.Duplicates;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The keys of an instance's servers. Any number of them is valid at once, so that one can take another's place. */
public final class SecretKeys {
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofHours(1);
    private static final String SEALED_AS = "secret key";

    private final Ids ids;
    private final Randomness randomness;

    public SecretKeys(Ids ids, Randomness randomness) {
        this.ids = ids;
        this.randomness = randomness;
    }

    /** A key that was just made. */
    public record Made(SecretKey key, Secret secret) {}

    /** Makes a key; nothing but its hash is kept. */
    public Made create(WriteTx tx, Instance instance, String name, Instant now) {
        Made made = made(instance.isDevelopment(), name, now);
        SecretKeyStore.insert(tx, instance.id(), made.key(), made.secret().hash(), null);
        return made;
    }

    private Made made(boolean isDevelopment, String name, Instant now) {
        String letters = randomness.secret().reveal().replaceAll("[-_]", "0");
        return new Made(key(name, false, now), Secret.of((isDevelopment ? "sk_test_" : "sk_live_") + letters));
    }

    private SecretKey key(String name, boolean isDeclared, Instant now) {
        return new SecretKey(ids.next("sk", now), name, isDeclared, now, Optional.empty(), Optional.empty());
    }

    public List<SecretKey> list(Tx tx, Instance instance) {
        return SecretKeyStore.all(tx, instance.id());
    }

    /** Refuses the key from now on; false when the instance has no such valid key. */
    public boolean revoke(WriteTx tx, Instance instance, String keyId, Instant now) {
        return SecretKeyStore.revoke(tx, instance.id(), keyId, now);
    }

    /** The valid key that a caller shows. */
    static Optional<SecretKey> valid(Tx tx, String instanceId, Secret shown) {
        return SecretKeyStore.byHash(tx, instanceId, shown.hash())
                .filter(key -> key.revokedAt().isEmpty());
    }

    /** Whether the use of a key is worth a write: that is so once an hour. */
    static boolean isUseNews(SecretKey key, Instant now) {
        return key.lastUsedAt()
                .map(USE_IS_NOTED_EVERY::addTo)
                .filter(next -> now.isBefore((Instant) next))
                .isEmpty();
    }

    /**
     * Makes the declared key valid, and no other that was declared before.
     *
     * @throws IllegalStateException when it was revoked
     */
    void declare(WriteTx tx, String instanceId, Optional<Secret> declared, Instant now) {
        String hash = declared.map(Secret::hash).orElse("");
        SecretKeyStore.revokeDeclaredBut(tx, instanceId, hash, now);
        if (declared.isEmpty()) return;
        Optional<SecretKey> known = SecretKeyStore.byHash(tx, instanceId, hash);
        known.flatMap(SecretKey::revokedAt).ifPresent(when -> {
            throw new IllegalStateException(
                    "instance.secret-key was revoked at " + when + ": the configuration needs another one");
        });
        if (known.isEmpty()) insertDeclared(tx, instanceId, hash, now);
    }

    private void insertDeclared(WriteTx tx, String instanceId, String hash, Instant now) {
        try {
            SecretKeyStore.insert(tx, instanceId, key("configuration", true, now), hash, null);
        } catch (RuntimeException e) {
            if (Duplicates.caused(e))
                throw new IllegalStateException("instance.secret-key is the key of another instance in this database");
            throw e;
        }
    }

    /** A key that can be shown at every start, made on first use; for development. */
    Secret own(WriteTx tx, String instanceId, Vault vault, Instant now) {
        return SecretKeyStore.sealed(tx, instanceId)
                .map(kept -> Secret.of(new String(vault.open(kept, SEALED_AS), StandardCharsets.UTF_8)))
                .orElseGet(() -> newOwn(tx, instanceId, vault, now));
    }

    private Secret newOwn(WriteTx tx, String instanceId, Vault vault, Instant now) {
        Made made = made(true, "development", now);
        String sealed = vault.seal(made.secret().reveal().getBytes(StandardCharsets.UTF_8), SEALED_AS);
        SecretKeyStore.insert(tx, instanceId, made.key(), made.secret().hash(), sealed);
        return made.secret();
    }
}
