package dev.usher.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.usher.base.Json;
import dev.usher.base.Vault;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The keys of an instance: one signs, all are published. */
public final class KeyRing {
    /** The category in a token's header by which SDKs tell session tokens from all others. */
    static final String SESSION_CATEGORY = "cl_B7d4PD111AAA";

    private final SigningKey key;
    private final JWSSigner signer;
    private final Crypto crypto;

    private KeyRing(SigningKey key, Crypto crypto) {
        this.key = key;
        this.crypto = crypto;
        RSASSASigner rsa = new RSASSASigner(key.privateKey());
        rsa.getJCAContext().setProvider(crypto.provider());
        this.signer = rsa;
    }

    /** Opens the instance's keys; the first one is made when it has none. Its {@code kid} is the instance's id. */
    public static KeyRing open(Store store, Instance instance, Vault vault, Crypto crypto, Instant now) {
        SigningKeyStore keys = new SigningKeyStore(vault, crypto);
        Optional<SigningKey> kept = store.read(tx -> keys.find(tx, instance.id()));
        return new KeyRing(kept.orElseGet(() -> first(store, keys, instance, crypto, now)), crypto);
    }

    private static SigningKey first(Store store, SigningKeyStore keys, Instance instance, Crypto crypto, Instant now) {
        var pair = crypto.newKeyPair();
        return store.write(tx -> {
            if (keys.find(tx, instance.id()).isEmpty()) keys.insert(tx, instance.id(), instance.id(), pair, now);
            return keys.find(tx, instance.id()).orElseThrow();
        });
    }

    /** Signs the claims of a session token (RS256, RFC 7518 section 3.3). */
    public String signSession(ObjectNode claims, Instant now) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.kid())
                .customParam("cat", SESSION_CATEGORY)
                .customParam("oiat", now.getEpochSecond())
                .build();
        try {
            JWSObject token = new JWSObject(header, new Payload(Json.bytes(claims)));
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a token could not be signed", e);
        }
    }

    /** The published key set (RFC 7517). */
    JsonNode jwks() {
        RSAKey jwk = new RSAKey.Builder(key.publicKey())
                .keyUse(KeyUse.SIGNATURE)
                .keyID(key.kid())
                .algorithm(JWSAlgorithm.RS256)
                .build();
        ObjectNode set = Json.object();
        set.putArray("keys").add(Json.parse(jwk.toJSONString()));
        return set;
    }

    /** The public key as PEM, for verifiers that work offline. */
    public String pem() {
        return key.pem();
    }

    /** Who signs, for the start-up line and the logs. */
    public String providerName() {
        return crypto.provider().getName();
    }
}
