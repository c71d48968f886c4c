package dev.usher.token;

import dev.usher.base.Ids;
import dev.usher.base.Unavailable;
import dev.usher.base.Vault;
import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces signing keys. A new key is announced first; the server that sees it first gives it its times, so that it signs only
 * after every server has published it for longer than SDKs keep a key set.
 */
public final class KeyRotation {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final int TRIES = 5;

    private final Store store;
    private final SigningKeyStore keys;
    private final Instance instance;
    private final Crypto crypto;
    private final Ids ids;

    public KeyRotation(Store store, Instance instance, Vault vault, Crypto crypto, Ids ids) {
        this.store = store;
        this.keys = new SigningKeyStore(vault, crypto);
        this.instance = instance;
        this.crypto = crypto;
        this.ids = ids;
    }

    /** A key as an operator sees it. */
    public record Listed(
            String kid,
            String stage,
            Optional<Instant> publishedAt,
            Optional<Instant> signsFrom,
            Optional<Instant> retiredFrom,
            Optional<Instant> goneFrom,
            Optional<Instant> revokedAt) {}

    private record Seen(long version, KeyPlan plan, List<SigningKeyStore.Row> rows) {}

    private Seen seen(Tx tx) {
        List<SigningKeyStore.Row> rows = keys.all(tx, instance.id());
        KeyPlan plan = new KeyPlan(rows.stream().map(SigningKeyStore.Row::facts).toList(), settings());
        return new Seen(keys.version(tx, instance.id()), plan, rows);
    }

    private Settings.Keys settings() {
        return instance.settings().keys();
    }

    /** Every key that there was, the oldest first. */
    public List<Listed> list(Instant now) {
        KeyPlan plan = store.read(this::seen).plan();
        return plan.keys().stream().map(key -> listed(plan, key, now)).toList();
    }

    private static Listed listed(KeyPlan plan, KeyFacts key, Instant now) {
        return new Listed(
                key.kid(),
                plan.stageAt(key, now).name().toLowerCase(Locale.ROOT),
                key.publishedAt(),
                key.signsFrom(),
                plan.retiredFrom(key),
                plan.goneFrom(key),
                key.revokedAt());
    }

    /** Announces a new key; tells its {@code kid}.
     *
     * @throws IllegalStateException when one that no server has published yet is there already
     */
    public String rotate(Instant now) {
        return announce(now, plan -> plan.announced().isEmpty())
                .orElseThrow(() -> new IllegalStateException(
                        "a rotation is under way: a new key waits for a running server to publish it"));
    }

    /** Announces a new key if the plan still allows it at the moment of writing. */
    private Optional<String> announce(Instant now, Predicate<KeyPlan> allows) {
        KeyPair pair = crypto.newKeyPair();
        KeyFacts made = new KeyFacts(ids.next("ins", now), now, Optional.empty(), Optional.empty(), Optional.empty());
        for (int i = 0; i < TRIES; i++) {
            Seen seen = store.read(this::seen);
            if (!allows.test(seen.plan())) return Optional.empty();
            if (store.<Boolean>write(tx -> insert(tx, seen, made, pair))) return Optional.of(made.kid());
        }
        throw new Unavailable("the signing keys are being changed by somebody else", Duration.ofSeconds(1));
    }

    private boolean insert(WriteTx tx, Seen seen, KeyFacts made, KeyPair pair) {
        boolean mine = keys.claim(tx, instance.id(), seen.version());
        if (mine) keys.insert(tx, instance.id(), made, pair);
        return mine;
    }

    /**
     * Gives up one key, or all that there are, at once. Where the signing key is among them, a new one signs from now on; its
     * {@code kid} is told.
     *
     * @throws IllegalStateException when there is no such key in use
     */
    public Optional<String> emergency(Optional<String> kid, Instant now) {
        KeyPair pair = crypto.newKeyPair();
        KeyFacts made = new KeyFacts(ids.next("ins", now), now, Optional.of(now), Optional.of(now), Optional.empty());
        for (int i = 0; i < TRIES; i++) {
            Seen seen = store.read(this::seen);
            List<KeyFacts> given = given(seen.plan(), kid);
            boolean signs = given.contains(seen.plan().signerAt(now));
            Optional<KeyPair> successor = signs ? Optional.of(pair) : Optional.empty();
            if (store.<Boolean>write(tx -> replace(tx, seen, given, made, successor, now)))
                return successor.map(any -> made.kid());
        }
        throw new Unavailable("the signing keys are being changed by somebody else", Duration.ofSeconds(1));
    }

    private static List<KeyFacts> given(KeyPlan plan, Optional<String> kid) {
        List<KeyFacts> given = plan.keys().stream()
                .filter(key -> !key.isRevoked())
                .filter(key -> kid.isEmpty() || kid.get().equals(key.kid()))
                .toList();
        if (given.isEmpty()) throw new IllegalStateException("no key in use has this kid");
        return given;
    }

    private boolean replace(
            WriteTx tx, Seen seen, List<KeyFacts> given, KeyFacts made, Optional<KeyPair> pair, Instant now) {
        if (!keys.claim(tx, instance.id(), seen.version())) return false;
        given.forEach(key -> keys.revoke(tx, instance.id(), key.kid(), now));
        pair.ifPresent(one -> keys.insert(tx, instance.id(), made, one));
        return true;
    }

    /**
     * What a running server does every second: gives announced keys their times, makes a new key when the schedule asks for
     * one, forgets the private halves of keys that have gone. Of several servers one does it.
     */
    public void tend(Instant now) {
        Seen seen = store.read(this::seen);
        if (seen.plan().announced().isPresent() && !seen.plan().isTurnPending(now)) publish(seen, now);
        else if (seen.plan().isRotationDue(now)) announce(now, plan -> plan.isRotationDue(now));
        else forget(seen, now);
    }

    private void publish(Seen seen, Instant now) {
        Instant signsFrom = now.plus(settings().publishBefore());
        boolean mine = store.write(tx -> {
            boolean claimed = keys.claim(tx, instance.id(), seen.version());
            if (claimed) keys.publish(tx, instance.id(), now, signsFrom);
            return claimed;
        });
        if (mine) LOG.info("a new signing key is published; it signs from {}", signsFrom);
    }

    private void forget(Seen seen, Instant now) {
        List<String> gone = seen.rows().stream()
                .filter(row -> !row.sealedPrivateKey().isEmpty())
                .map(SigningKeyStore.Row::facts)
                .filter(key -> seen.plan().stageAt(key, now) == KeyPlan.Stage.GONE)
                .map(KeyFacts::kid)
                .toList();
        if (gone.isEmpty()) return;
        store.change(tx -> {
            if (keys.claim(tx, instance.id(), seen.version()))
                gone.forEach(kid -> keys.forgetPrivateKey(tx, instance.id(), kid));
        });
    }
}
