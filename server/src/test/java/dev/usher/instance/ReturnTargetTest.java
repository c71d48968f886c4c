package dev.usher.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnTargetTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000, http://localhost:3000, http://localhost:3000/?n=v",
        "http://LOCALHOST:80/, http://localhost, http://localhost/?n=v",
        "https://app.example.com:443/a?b=1#c, https://app.example.com, https://app.example.com/a?b=1&n=v#c",
        "https://a.b/?__clerk_db_jwt=1, https://a.b, https://a.b/?n=v",
        "https://a.b?x=[1]|2, https://a.b, https://a.b/?x=[1]|2&n=v",
        "http://[::1]:3000/x, http://[::1]:3000, http://[::1]:3000/x?n=v"
    })
    void takesAnAddressApartAndPutsAParameterIn(String url, String origin, String with) {
        ReturnTarget target = ReturnTarget.parse(url).orElseThrow();
        assertThat(target.origin()).isEqualTo(origin);
        assertThat(target.with("n", "v")).isEqualTo(with);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/x",
                "//a.b",
                "a.b",
                "https:a.b",
                "https:/a.b",
                "https://",
                "https://u@a.b",
                "https://u:p@a.b/",
                "https://a.b\\x",
                "https://a.b/\\x",
                "https://a b/",
                " https://a.b",
                "https://a.b/\n",
                "javascript:alert(1)",
                "ftp://a.b/",
                "https://.a.b",
                "https://a.b./",
                "https://a_b.c/",
                "https://a.b:123456/",
                "https://a.b:x/",
                "https://é.b/"
            })
    void whatTwoParsersMightReadDifferentlyIsNoTarget(String url) {
        assertThat(ReturnTarget.parse(url)).isEmpty();
    }
}
