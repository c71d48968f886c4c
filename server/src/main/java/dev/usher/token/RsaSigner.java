package dev.usher.token;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;

/** Signs by RS256 (RFC 7518, section 3.3) with one of the instance's own keys. */
record RsaSigner(PrivateKey key, Provider provider) implements Jws.Signer {
    /** Of RSA with 2048 bits. */
    static final int SIGNATURE_BYTES = 256;

    @Override
    public byte[] sign(byte[] bytes, int length) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA", provider);
            signature.initSign(key);
            signature.update(bytes, 0, length);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a token could not be signed", e);
        }
    }

    @Override
    public String toString() {
        return "RsaSigner[****]";
    }
}
