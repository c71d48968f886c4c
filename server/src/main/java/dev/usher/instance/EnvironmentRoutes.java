package dev.usher.instance;

import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;

/** {@code /v1/environment}: what a browser must know of the instance before anybody has signed in. */
public final class EnvironmentRoutes {
    public void mount(Router frontend) {
        frontend.add("GET", "/v1/environment", EnvironmentRoutes::read)
                .add("PATCH", "/v1/environment", EnvironmentRoutes::update);
    }

    private static Reply read(Exchange exchange) {
        return Reply.bare(EnvironmentJson.of(Instance.of(exchange), exchange.ownOrigin()));
    }

    /** A development page reports its origin this way; every origin is allowed there already, so nothing changes. */
    private static Reply update(Exchange exchange) {
        exchange.form();
        if (exchange.header("origin").isEmpty()) throw Errors.originMissing();
        return read(exchange);
    }
}
