package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.session.ServerSessions;
import java.time.Duration;
import java.util.Optional;

/** {@code POST /v1/sessions/{session_id}/tokens} and {@code …/tokens/{template_name}} for servers. */
public final class ServerTokenRoutes {
    private static final String TOKENS = "/v1/sessions/{session_id}/tokens";
    private static final long SHORTEST_SECONDS = 30;
    private static final long LONGEST_SECONDS = 315_360_000;

    private final ServerSessions sessions;
    private final Minter minter;

    public ServerTokenRoutes(ServerSessions sessions, Minter minter) {
        this.sessions = sessions;
        this.minter = minter;
    }

    public void mount(Router backend) {
        backend.add("POST", TOKENS, this::mint).add("POST", TOKENS + "/{template_name}", this::mintFromTemplate);
    }

    private Reply mint(Exchange exchange) {
        Optional<Duration> lifetime = lifetime(exchange);
        var mintable = sessions.forMinting(exchange, exchange.param("session_id"));
        return token(minter.mint(exchange, mintable.session(), mintable.organization(), lifetime));
    }

    private Reply mintFromTemplate(Exchange exchange) {
        Optional<Duration> lifetime = lifetime(exchange);
        var mintable = sessions.forMinting(exchange, exchange.param("session_id"));
        return token(minter.mint(exchange, mintable, exchange.param("template_name"), lifetime));
    }

    private static Optional<Duration> lifetime(Exchange exchange) {
        return exchange.body("expires_in_seconds")
                .number("expires_in_seconds")
                .value()
                .map(seconds -> {
                    if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS)
                        throw Errors.invalidValue(
                                "expires_in_seconds",
                                "expires_in_seconds is from " + SHORTEST_SECONDS + " to " + LONGEST_SECONDS + ".");
                    return Duration.ofSeconds(seconds);
                });
    }

    private static Reply token(String jwt) {
        return Reply.bare(Json.object().put("object", "token").put("jwt", jwt));
    }
}
