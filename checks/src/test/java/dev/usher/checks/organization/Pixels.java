package dev.usher.checks.organization;

import java.util.Base64;

/** Pictures of one pixel. */
final class Pixels {
    static final byte[] PNG =
            decoded("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    static final byte[] GIF = decoded("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private Pixels() {}

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
