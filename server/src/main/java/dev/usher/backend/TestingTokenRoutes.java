package dev.usher.backend;

import dev.usher.base.Json;
import dev.usher.factor.TestingTokens;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;

/** {@code /v1/testing_tokens}. */
final class TestingTokenRoutes {
    private final TestingTokens tokens;

    TestingTokenRoutes(TestingTokens tokens) {
        this.tokens = tokens;
    }

    void mount(Router backend) {
        backend.add("POST", "/v1/testing_tokens", this::create);
    }

    private Reply create(Exchange exchange) {
        exchange.body();
        TestingTokens.Made made = tokens.create(Instance.of(exchange), exchange.now());
        return Reply.bare(Json.object()
                .put("object", "testing_token")
                .put("token", made.token().reveal())
                .put("expires_at", made.expireAt().getEpochSecond()));
    }
}
