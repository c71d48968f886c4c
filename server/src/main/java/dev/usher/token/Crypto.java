package dev.usher.token;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RSA by AWS-LC where its library loads, else by the JDK at a quarter of the speed. Keys are made by the provider that signs
 * with them: another provider's key object would be translated anew at each signature.
 */
public final class Crypto {
    private static final Logger LOG = LoggerFactory.getLogger(Crypto.class);
    private static final int KEY_BITS = 2048;

    private final Provider provider;

    private Crypto(Provider provider) {
        this.provider = provider;
    }

    /** The fastest provider that works here; said in the log where it is not the native one. */
    public static Crypto best() {
        try {
            AmazonCorrettoCryptoProvider accp = AmazonCorrettoCryptoProvider.INSTANCE;
            if (accp.getLoadingError() == null) return new Crypto(accp);
            LOG.warn(
                    "the native signing library does not load here, signatures cost four times as much",
                    accp.getLoadingError());
        } catch (LinkageError | RuntimeException e) {
            LOG.warn("the native signing library does not load here, signatures cost four times as much", e);
        }
        return jdk();
    }

    /** The JDK's own provider. */
    public static Crypto jdk() {
        return new Crypto(Security.getProvider("SunRsaSign"));
    }

    /** The provider to sign with. */
    public Provider provider() {
        return provider;
    }

    KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
            generator.initialize(KEY_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA keys cannot be made", e);
        }
    }

    PrivateKey privateKey(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance("RSA", provider).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the stored signing key is no RSA key", e);
        }
    }

    RSAPublicKey publicKey(byte[] spki) {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA", provider).generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the stored public key is no RSA key", e);
        }
    }
}
