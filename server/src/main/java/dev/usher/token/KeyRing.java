package dev.usher.token;

import com.nimbusds.jose.JWSAlgorithm;
import dev.usher.base.Json;
import dev.usher.base.Vault;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys of an instance: one signs, several are published. The ring works on a copy and asks the database twice a second at
 * most whether it still holds. When the database does not answer, nothing is signed and nothing published, so that no node
 * goes on with a set that lacks a key or still has one that was given up.
 */
public final class KeyRing {
    private static final long BELIEVED_NANOS = 500_000_000;

    private final Store store;
    private final SigningKeyStore keys;
    private final Instance instance;
    private final Crypto crypto;
    private final LongSupplier nanoTime;
    private volatile Held held;
    private volatile SessionHeader lastHeader = new SessionHeader("", 0, new byte[0]);

    /** A copy and when it was confirmed last. A clock of its own decides, since a request's time may lie far back. */
    private record Held(KeyCopy copy, long confirmedNanos) {}

    /** The header of the session tokens of one second, as it stands in them. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody writes to it.
    private record SessionHeader(String kid, long second, byte[] encoded) {
        boolean isOf(String other, Instant now) {
            return second == now.getEpochSecond() && kid.equals(other);
        }
    }

    private KeyRing(Store store, SigningKeyStore keys, Instance instance, Crypto crypto, LongSupplier nanoTime) {
        this.store = store;
        this.keys = keys;
        this.instance = instance;
        this.crypto = crypto;
        this.nanoTime = nanoTime;
        long asked = nanoTime.getAsLong();
        this.held = new Held(store.read(this::read), asked);
    }

    /**
     * Opens the instance's keys; the first one is made when it has none. Its {@code kid} is the instance's id.
     *
     * @param nanoTime by which a copy ages, such as {@code System::nanoTime}
     */
    public static KeyRing open(
            Store store, Instance instance, Vault vault, Crypto crypto, LongSupplier nanoTime, Instant now) {
        SigningKeyStore keys = new SigningKeyStore(vault, crypto);
        if (store.read(tx -> keys.all(tx, instance.id())).isEmpty()) insertFirst(store, keys, instance, crypto, now);
        return new KeyRing(store, keys, instance, crypto, nanoTime);
    }

    private static void insertFirst(Store store, SigningKeyStore keys, Instance instance, Crypto crypto, Instant now) {
        var pair = crypto.newKeyPair();
        var facts = new KeyFacts(instance.id(), now, Optional.of(now), Optional.of(now), Optional.empty());
        store.change(tx -> {
            boolean first = keys.all(tx, instance.id()).isEmpty() && keys.claim(tx, instance.id(), 0);
            if (first) keys.insert(tx, instance.id(), facts, pair);
        });
    }

    private KeyCopy read(Tx tx) {
        return KeyCopy.read(tx, keys, instance, crypto);
    }

    /** The copy, confirmed by the database a moment ago. */
    private KeyCopy current() {
        Held seen = held;
        long asked = nanoTime.getAsLong();
        if (asked - seen.confirmedNanos() < BELIEVED_NANOS) return seen.copy();
        KeyCopy confirmed =
                store.read(tx -> keys.version(tx, instance.id()) == seen.copy().version() ? seen.copy() : read(tx));
        return keep(confirmed, asked);
    }

    /** Keeps the newer one of two copies that were read at the same time. */
    private synchronized KeyCopy keep(KeyCopy confirmed, long asked) {
        if (held.copy().version() <= confirmed.version()) held = new Held(confirmed, asked);
        return held.copy();
    }

    /** Signs the claims of a session token (RS256, RFC 7518 section 3.3). */
    public String signSession(ObjectNode claims, Instant now) {
        SigningKey key = current().signerAt(now);
        return Jws.signed(sessionHeader(key.kid(), now), claims, key.signer().orElseThrow());
    }

    /** The same for all tokens of a second. */
    private byte[] sessionHeader(String kid, Instant now) {
        SessionHeader header = lastHeader;
        if (!header.isOf(kid, now)) {
            header = new SessionHeader(kid, now.getEpochSecond(), Jws.encoded(TokenHeader.session(kid, now)));
            lastHeader = header;
        }
        return header.encoded();
    }

    /** Signs the claims of a token from a template that has no key of its own. */
    String signTemplate(ObjectNode claims, Instant now) {
        SigningKey key = current().signerAt(now);
        var header = TokenHeader.template(JWSAlgorithm.RS256, Optional.of(key.kid()));
        return Jws.signed(Jws.encoded(header), claims, key.signer().orElseThrow());
    }

    /** Which key signs. */
    String kid(Instant now) {
        return current().signerAt(now).kid();
    }

    /** The published key set (RFC 7517), the same bytes on every node. */
    JsonNode jwks(Instant now) {
        ObjectNode set = Json.object();
        ArrayNode published = set.putArray("keys");
        current().publishedAt(now).forEach(key -> published.add(key.jwk()));
        return set;
    }

    /** The public key that signs now as PEM, for verifiers that work offline; good until the next rotation. */
    public String pem(Instant now) {
        return current().signerAt(now).pem();
    }

    /** Who signs, for the start-up line and the logs. */
    public String providerName() {
        return crypto.provider().getName();
    }
}
