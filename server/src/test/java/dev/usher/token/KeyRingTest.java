package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Randomness;
import dev.usher.base.Vault;
import dev.usher.http.ApiVersion;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.instance.Settings;
import dev.usher.store.Store;
import dev.usher.store.TestStore;
import java.security.Signature;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.class)
class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private final Store store;
    private final Randomness randomness = new Randomness();
    private final Vault vault = new Vault(randomness.bytes(32), randomness);
    private final Instance instance;

    KeyRingTest(TestStore kind) {
        store = kind.open();
        instance = Instances.open(
                        store,
                        new Instances.Declared(
                                "default",
                                true,
                                Optional.empty(),
                                "http://localhost",
                                Optional.empty(),
                                Settings.defaults(true)),
                        vault,
                        new Ids(randomness),
                        randomness,
                        NOW)
                .instance();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private KeyRing open(Crypto crypto) {
        return KeyRing.open(store, instance, vault, crypto, NOW);
    }

    private static String sign(KeyRing keys) {
        return keys.signSession(Json.object().put("sub", "user_1"), NOW);
    }

    @Test
    void signsWhatTheKeySetVerifies() throws Exception {
        KeyRing keys = open(Crypto.best());
        SignedJWT token = SignedJWT.parse(sign(keys));
        var key = JWKSet.parse(Json.text(keys.jwks()))
                .getKeyByKeyId(token.getHeader().getKeyID());
        assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
        assertThat(token.getHeader().getKeyID()).isEqualTo(instance.id());
        assertThat(token.getHeader().getCustomParam("cat")).isEqualTo("cl_B7d4PD111AAA");
        assertThat(token.getHeader().getCustomParam("oiat")).isEqualTo(NOW.getEpochSecond());
        assertThat(token.getHeader().getType()).hasToString("JWT");
    }

    @Test
    void publishesNoPrivateMember() {
        var key = open(Crypto.best()).jwks().get("keys").get(0);
        assertThat(key.propertyNames()).containsExactlyInAnyOrder("kty", "e", "use", "kid", "alg", "n");
    }

    @Test
    void theJdkSignsWithTheSameKeyWhereTheNativeLibraryIsMissing() throws Exception {
        String nativeToken = sign(open(Crypto.best()));
        String jdkToken = sign(open(Crypto.jdk()));
        assertThat(jdkToken).isEqualTo(nativeToken);
    }

    @Test
    void keepsItsKeyAcrossStartsAndSealedAtRest() {
        String pem = open(Crypto.best()).pem();
        assertThat(open(Crypto.best()).pem()).isEqualTo(pem);
        Vault other = new Vault(randomness.bytes(32), randomness);
        assertThatThrownBy(() -> KeyRing.open(store, instance, other, Crypto.best(), NOW))
                .isInstanceOf(Vault.WrongKey.class);
    }

    @Test
    void signsWithAKeyOfItsOwnProvider() throws Exception {
        Crypto crypto = Crypto.best();
        var pair = crypto.newKeyPair();
        var key = crypto.privateKey(pair.getPrivate().getEncoded());
        assertThat(key.getClass().getName())
                .startsWith(crypto.provider().getClass().getPackageName());
        Signature signature = Signature.getInstance("SHA256withRSA", crypto.provider());
        signature.initSign(key);
        assertThat(signature.sign()).hasSize(256);
    }

    @Test
    void apiVersionsKnowTheirOrder() {
        assertThat(ApiVersion.OLDEST.isBefore("2025-04-10")).isTrue();
        assertThat(ApiVersion.NEWEST.isBefore("2026-05-12")).isFalse();
    }
}
