package dev.usher.token;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Randomness;
import dev.usher.base.Vault;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.instance.Settings;
import dev.usher.store.Store;
import dev.usher.store.TestStore;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A database with an instance, on which tests open several rings, as several servers would. */
final class KeyHouse implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    final Store store;
    final Randomness randomness = new Randomness();
    final Vault vault = new Vault(randomness.bytes(32), randomness);
    final Ids ids = new Ids(randomness);
    final AtomicLong nanos = new AtomicLong();
    final Instance instance;

    KeyHouse(TestStore kind, Optional<Duration> rotateEvery) {
        store = kind.open();
        Settings usual = Settings.defaults(true);
        Settings settings = new Settings(
                usual.applicationName(),
                usual.singleSessionMode(),
                usual.nativeApi(),
                usual.testMode(),
                usual.allowedOrigins(),
                usual.homeUrl(),
                usual.deleteSelf(),
                usual.lifetimes(),
                usual.sessionLimits(),
                usual.codes(),
                usual.passwords(),
                usual.organizations(),
                usual.factors(),
                new Settings.Keys(usual.keys().publishBefore(), usual.keys().keepAfter(), rotateEvery),
                usual.tokens());
        var declared = new Instances.Declared(
                "default", true, Optional.empty(), "http://localhost", Optional.empty(), settings);
        instance = Instances.open(store, declared, vault, ids, randomness, NOW).instance();
    }

    KeyRing ring() {
        return ring(Crypto.best());
    }

    KeyRing ring(Crypto crypto) {
        return KeyRing.open(store, instance, vault, crypto, nanos::get, NOW);
    }

    KeyRotation rotation() {
        return new KeyRotation(store, instance, vault, Crypto.best(), ids);
    }

    /** Lets every ring's copy grow old. */
    void later() {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    static String sign(KeyRing keys, Instant now) {
        return keys.signSession(Json.object().put("sub", "user_1"), now);
    }

    static String kid(String token) {
        try {
            return SignedJWT.parse(token).getHeader().getKeyID();
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> published(KeyRing keys, Instant now) {
        try {
            return JWKSet.parse(Json.text(keys.jwks(now))).getKeys().stream()
                    .map(key -> key.getKeyID())
                    .toList();
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
