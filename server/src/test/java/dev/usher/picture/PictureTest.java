package dev.usher.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.http.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures are told by their first bytes, links keep their fragment. */
class PictureTest {
    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aPictureIsWhatItBeginsLike() {
        assertThat(Picture.of(latin("\u0089PNG\r\n\u001a\n rest")).contentType())
                .isEqualTo("image/png");
        assertThat(Picture.of(latin("\u00ff\u00d8\u00ff\u00e0 rest")).contentType())
                .isEqualTo("image/jpeg");
        assertThat(Picture.of(latin("GIF87a rest")).contentType()).isEqualTo("image/gif");
        assertThat(Picture.of(latin("GIF89a rest")).contentType()).isEqualTo("image/gif");
        assertThat(Picture.of(latin("RIFF1234WEBPVP8 ")).contentType()).isEqualTo("image/webp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GIF88a",
                "\u0089PNG",
                "RIFF1234WAVE",
                "<svg/>",
                "<!doctype html>",
                "BM",
                "data:image/png,abc",
                "data:image/png;base64,????",
                "data:text/html;base64,PGI+",
                "data:image/svg+xml;base64,PHN2Zy8+"
            })
    void anythingElseIsNone(String bytes) {
        assertThatThrownBy(() -> Picture.ofUpload(latin(bytes)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("request_body_invalid"));
    }
}
