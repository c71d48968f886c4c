package dev.usher.token;

import static dev.usher.token.KeyHouse.NOW;
import static dev.usher.token.KeyHouse.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.base.Json;
import dev.usher.base.Vault;
import dev.usher.http.ApiVersion;
import dev.usher.store.TestStore;
import java.security.Signature;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.class)
class KeyRingTest {
    private final KeyHouse house;

    KeyRingTest(TestStore kind) {
        house = new KeyHouse(kind, Optional.empty());
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void signsWhatTheKeySetVerifies() throws Exception {
        KeyRing keys = house.ring(Crypto.best());
        SignedJWT token = SignedJWT.parse(sign(keys, NOW));
        var key = JWKSet.parse(Json.text(keys.jwks(NOW)))
                .getKeyByKeyId(token.getHeader().getKeyID());
        assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
        assertThat(token.getHeader().getKeyID()).isEqualTo(house.instance.id());
        assertThat(token.getHeader().getCustomParam("cat")).isEqualTo("cl_B7d4PD111AAA");
        assertThat(token.getHeader().getCustomParam("oiat")).isEqualTo(NOW.getEpochSecond());
        assertThat(token.getHeader().getType()).hasToString("JWT");
    }

    @Test
    void eachTokenTellsTheSecondOfItsAssembly() throws Exception {
        KeyRing keys = house.ring(Crypto.best());
        for (int millis : new int[] {0, 999, 1000, 2500, 1999}) {
            var header = SignedJWT.parse(sign(keys, NOW.plusMillis(millis))).getHeader();
            assertThat(header.getCustomParam("oiat")).isEqualTo(NOW.getEpochSecond() + millis / 1000);
        }
    }

    @Test
    void publishesNoPrivateMember() {
        var key = house.ring(Crypto.best()).jwks(NOW).get("keys").get(0);
        assertThat(key.propertyNames()).containsExactlyInAnyOrder("kty", "e", "use", "kid", "alg", "n");
    }

    @Test
    void theJdkSignsWithTheSameKeyWhereTheNativeLibraryIsMissing() throws Exception {
        String nativeToken = sign(house.ring(Crypto.best()), NOW);
        String jdkToken = sign(house.ring(Crypto.jdk()), NOW);
        assertThat(jdkToken).isEqualTo(nativeToken);
    }

    @Test
    void keepsItsKeyAcrossStartsAndSealedAtRest() {
        String pem = house.ring(Crypto.best()).pem(NOW);
        assertThat(house.ring(Crypto.best()).pem(NOW)).isEqualTo(pem);
        Vault other = new Vault(house.randomness.bytes(32), house.randomness);
        assertThatThrownBy(() -> KeyRing.open(house.store, house.instance, other, Crypto.best(), System::nanoTime, NOW))
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
