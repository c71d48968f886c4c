package dev.usher.picture;

import dev.usher.http.PictureErrors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** An image of a kind that browsers show and that runs nothing: told by its first bytes, whatever its sender calls it. */
@SuppressWarnings("ArrayRecordComponent") // Never compared; handed from the socket to the database and back.
public record Picture(String contentType, byte[] content) {
    /** The published limit. */
    public static final int MOST_BYTES = 10 * 1024 * 1024;

    /** The image in an upload.
     *
     * @throws dev.usher.http.Refusal when it is too large or no PNG, JPEG, GIF or WebP
     */
    public static Picture of(byte[] content) {
        if (content.length > MOST_BYTES) throw PictureErrors.imageTooLarge(MOST_BYTES);
        return new Picture(type(content).orElseThrow(PictureErrors::noImage), content);
    }

    /** The image in what a client uploads: the bytes themselves, or a URL that holds them. */
    public static Picture ofUpload(byte[] body) {
        String head = new String(body, 0, Math.min(body.length, 5), StandardCharsets.ISO_8859_1);
        return head.equals("data:") ? ofDataUrl(new String(body, StandardCharsets.ISO_8859_1)) : of(body);
    }

    /** The image in a URL of the scheme {@code data} (RFC 2397, base64 only). */
    public static Picture ofDataUrl(String url) {
        int comma = url.indexOf(',');
        boolean wellFormed = url.startsWith("data:image/")
                && comma > 0
                && url.substring(0, comma).endsWith(";base64");
        if (!wellFormed) throw PictureErrors.noImage();
        try {
            return of(Base64.getDecoder().decode(url.substring(comma + 1).trim()));
        } catch (IllegalArgumentException e) {
            throw PictureErrors.noImage();
        }
    }

    /** What files of this kind are named after. */
    public String extension() {
        return contentType.substring("image/".length());
    }

    private static Optional<String> type(byte[] bytes) {
        if (has(bytes, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) return Optional.of("image/png");
        if (has(bytes, 0, 0xff, 0xd8, 0xff)) return Optional.of("image/jpeg");
        if (has(bytes, 0, 'G', 'I', 'F', '8', '7', 'a') || has(bytes, 0, 'G', 'I', 'F', '8', '9', 'a'))
            return Optional.of("image/gif");
        if (has(bytes, 0, 'R', 'I', 'F', 'F') && has(bytes, 8, 'W', 'E', 'B', 'P')) return Optional.of("image/webp");
        return Optional.empty();
    }

    private static boolean has(byte[] bytes, int from, int... expected) {
        if (bytes.length < from + expected.length) return false;
        for (int i = 0; i < expected.length; i++) if ((bytes[from + i] & 0xff) != expected[i]) return false;
        return true;
    }
}
