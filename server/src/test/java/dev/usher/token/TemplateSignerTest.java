package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import dev.usher.base.Json;
import dev.usher.base.Secret;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Keys that templates bring along: every published algorithm signs, and nothing weak or strange is taken. */
class TemplateSignerTest {
    private static final KeyPair RSA = PrivatePem.rsa(2048);
    private static final ObjectNode CLAIMS = Json.object().put("sub", "user_1");

    private static void verifies(String algorithm, Secret key, JWSVerifier verifier) throws Exception {
        TemplateSigner signer = TemplateSigner.of(algorithm, key);
        JWSHeader header = TokenHeader.template(signer.algorithm(), Optional.empty());
        String token = Jws.signed(header, CLAIMS, signer.signer());
        JWSObject parsed = JWSObject.parse(token);
        assertThat(parsed.verify(verifier)).isTrue();
        assertThat(parsed.getHeader().getAlgorithm().getName()).isEqualTo(algorithm);
        assertThat(parsed.getHeader().getKeyID()).isNull();
        assertThat(token).hasSize(TokenSize.of(header, CLAIMS, signer.signatureBytes()));
    }

    @ParameterizedTest
    @CsvSource({"HS256, 32", "HS256, 200", "HS384, 48", "HS512, 64"})
    void aSecretSigns(String algorithm, int length) throws Exception {
        String secret = "s".repeat(length);
        verifies(algorithm, Secret.of(secret), new MACVerifier(secret));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512"})
    void anRsaKeySignsInBothForms(String algorithm) throws Exception {
        var verifier = new RSASSAVerifier((RSAPublicKey) RSA.getPublic());
        verifies(algorithm, PrivatePem.pkcs8(RSA), verifier);
        verifies(algorithm, PrivatePem.older(RSA), verifier);
    }

    @Test
    void aLargerRsaKeySigns() throws Exception {
        KeyPair larger = PrivatePem.rsa(3072);
        verifies("RS256", PrivatePem.older(larger), new RSASSAVerifier((RSAPublicKey) larger.getPublic()));
    }

    @ParameterizedTest
    @CsvSource({"ES256, 256", "ES384, 384", "ES512, 521"})
    void aKeyOnACurveSignsInBothForms(String algorithm, int bits) throws Exception {
        KeyPair pair = PrivatePem.ellipticCurve(bits);
        var verifier = new ECDSAVerifier((ECPublicKey) pair.getPublic());
        verifies(algorithm, PrivatePem.pkcs8(pair), verifier);
        verifies(algorithm, PrivatePem.older(pair), verifier);
    }

    static Stream<String[]> unfit() {
        String rsa = PrivatePem.pkcs8(RSA).reveal();
        String curve = PrivatePem.pkcs8(PrivatePem.ellipticCurve(256)).reveal();
        return Stream.of(
                new String[] {"HS256", "s".repeat(31)},
                new String[] {"HS384", "s".repeat(47)},
                new String[] {"HS512", "s".repeat(63)},
                new String[] {"HS256", ""},
                new String[] {"RS256", ""},
                new String[] {"RS256", "s".repeat(64)},
                new String[] {"RS256", PrivatePem.pkcs8(PrivatePem.rsa(1024)).reveal()},
                new String[] {"RS256", curve},
                new String[] {
                    "RS256",
                    PrivatePem.pem("PUBLIC KEY", RSA.getPublic().getEncoded()).reveal()
                },
                new String[] {"RS256", rsa.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY")},
                new String[] {"RS256", rsa.substring(0, rsa.length() / 2)},
                new String[] {
                    "RS256",
                    PrivatePem.pem("RSA PRIVATE KEY", new byte[] {1, 2, 3}).reveal()
                },
                new String[] {"ES256", rsa},
                new String[] {"ES384", curve},
                new String[] {"ES512", curve},
                new String[] {
                    "ES256", PrivatePem.pkcs8(PrivatePem.ellipticCurve(384)).reveal()
                },
                new String[] {
                    "ES384", PrivatePem.older(PrivatePem.ellipticCurve(256)).reveal()
                });
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void anUnfitKeyIsRefusedAndNotShown(String algorithm, String key) {
        assertThatThrownBy(() -> TemplateSigner.of(algorithm, Secret.of(key)))
                .isInstanceOf(TemplateSigner.Unfit.class)
                .satisfies(
                        unfit -> assertThat(key.isEmpty() || !unfit.getMessage().contains(key))
                                .isTrue());
    }
}
