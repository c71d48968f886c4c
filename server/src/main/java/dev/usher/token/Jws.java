package dev.usher.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import dev.usher.base.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens in their compact form (RFC 7515, section 7.1). They are put together as bytes, since the library's way through texts
 * costs a twentieth of a signature.
 */
final class Jws {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private Jws() {}

    /** Signs the first bytes of an array. */
    interface Signer {
        byte[] sign(byte[] bytes, int length);
    }

    /** A header as it stands in tokens. */
    static byte[] encoded(JWSHeader header) {
        return BASE64URL.encode(header.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The finished token. */
    static String signed(JWSHeader header, ObjectNode claims, JWSSigner signer) {
        return signed(encoded(header), claims, (bytes, length) -> sign(header, Arrays.copyOf(bytes, length), signer));
    }

    private static byte[] sign(JWSHeader header, byte[] input, JWSSigner signer) {
        try {
            return signer.sign(header, input).decode();
        } catch (JOSEException e) {
            throw new IllegalStateException("a token could not be signed", e);
        }
    }

    /** The finished token, with a header that is encoded already. */
    static String signed(byte[] header, ObjectNode claims, Signer signer) {
        byte[] payload = BASE64URL.encode(Json.bytes(claims));
        int length = header.length + 1 + payload.length;
        byte[] token = Arrays.copyOf(header, length + 1 + RsaSigner.SIGNATURE_BYTES * 4 / 3 + 1);
        token[header.length] = '.';
        System.arraycopy(payload, 0, token, header.length + 1, payload.length);
        byte[] signature = BASE64URL.encode(signer.sign(token, length));
        token = Arrays.copyOf(token, length + 1 + signature.length);
        token[length] = '.';
        System.arraycopy(signature, 0, token, length + 1, signature.length);
        return new String(token, StandardCharsets.ISO_8859_1);
    }
}
