package dev.usher.token;

import com.nimbusds.jose.JWSHeader;
import dev.usher.base.Json;
import tools.jackson.databind.node.ObjectNode;

/** How long a token gets, known before it is signed. */
final class TokenSize {
    /** What browsers keep of a cookie, its name included; a larger one is dropped without a word. */
    private static final int COOKIE_BYTES = 4096;

    /** Characters that a session token may have: the cookie's name is {@code __session_}, eight characters and an equals sign. */
    static final int MOST = COOKIE_BYTES - 19;

    static final int OWN_SIGNATURE_BYTES = RsaSigner.SIGNATURE_BYTES;

    private TokenSize() {}

    static int of(JWSHeader header, ObjectNode claims, int signatureBytes) {
        int headerChars = Jws.encoded(header).length;
        return headerChars + 1 + encoded(Json.bytes(claims).length) + 1 + encoded(signatureBytes);
    }

    /** The length of base64url without padding. */
    private static int encoded(int bytes) {
        return Math.ceilDiv(bytes * 4, 3);
    }
}
