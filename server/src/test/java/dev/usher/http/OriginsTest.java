package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    @ParameterizedTest
    @CsvSource({
        "https://App.example.com/a?b#c, https://app.example.com",
        "http://localhost:3000/, http://localhost:3000",
        "https://example.com:443/x, https://example.com",
        "http://example.com:80, http://example.com"
    })
    void areSchemeHostAndPort(String url, String origin) {
        assertThat(Origins.ofUrl(url)).contains(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "//example.com",
                "javascript:alert(1)",
                "https://u@example.com/",
                "https://a b",
                "ftp://x.y",
                "https:///x"
            })
    void areNoneForAnythingElse(String url) {
        assertThat(Origins.ofUrl(url)).isEmpty();
    }
}
