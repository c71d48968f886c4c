package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static final Handler ANY = exchange -> Reply.empty(204);
    private final Router router = new Router()
            .add("GET", "/", ANY)
            .add("GET", "/v1/client", ANY)
            .add("DELETE", "/v1/client/sessions", ANY)
            .add("GET", "/v1/client/sessions/{session_id}", ANY)
            .add("POST", "/v1/client/sessions/{session_id}/touch", ANY);

    @ParameterizedTest
    @CsvSource({
        "GET, /, /",
        "GET, /v1/client, /v1/client",
        "GET, /v1/client/, /v1/client",
        "DELETE, /v1/client/sessions, /v1/client/sessions",
        "GET, /v1/client/sessions/sess_1, /v1/client/sessions/{session_id}",
        "POST, /v1/client/sessions/sess_1/touch/, /v1/client/sessions/{session_id}/touch"
    })
    void finds(String method, String path, String pattern) {
        assertThat(router.find(method, path)).map(Router.Match::pattern).contains(pattern);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1",
                "/v1//client",
                "//v1/client",
                "/v1/client//",
                "/V1/client",
                "/v1/%63lient",
                "/v1/client/sessions//touch",
                "/v1/client;x=1",
                "/v1/client/.",
                "/v1/x/../client"
            })
    void takesNoOtherSpellingForAPath(String path) {
        assertThat(router.find("GET", path)).isEmpty();
        assertThat(router.find("POST", path)).isEmpty();
    }

    @Test
    void decodesParameters() {
        assertThat(router.find("GET", "/v1/client/sessions/a%2Fb+c"))
                .map(match -> match.params().get("session_id"))
                .contains("a/b+c");
    }

    @Test
    void refusesTwoOperationsInOnePlace() {
        assertThatThrownBy(() -> router.add("GET", "/v1/client", ANY)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> router.add("GET", "/v1/client/sessions/{id}", ANY))
                .isInstanceOf(IllegalStateException.class);
    }
}
