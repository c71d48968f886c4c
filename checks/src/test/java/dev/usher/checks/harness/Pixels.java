package dev.usher.checks.harness;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Pictures of one pixel, and how they are sent. */
public final class Pixels {
    public static final byte[] PNG =
            decoded("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    public static final byte[] GIF = decoded("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    /** What looks like a picture to people and runs a script. */
    public static final byte[] SCRIPT =
            "<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8);

    private Pixels() {}

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    /** The call with these bytes as its whole body. */
    public static Call raw(Call call, byte[] content) {
        return as(call, "application/octet-stream", content);
    }

    /** The call with the bytes as the part {@code file} of a form. */
    public static Call form(Call call, byte[] file) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                        + "Content-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--edge--\r\n".getBytes(StandardCharsets.UTF_8));
        return as(call, "multipart/form-data; boundary=edge", body.toByteArray());
    }

    /** The call with a body of that type. */
    public static Call as(Call call, String contentType, byte[] content) {
        return call.without("Content-Type").with("Content-Type", contentType).with(content);
    }
}
