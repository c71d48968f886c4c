package dev.usher.session;

import dev.usher.base.Json;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import java.util.Optional;
import java.util.Set;

/** One client's sessions, and one person's on all clients. */
public final class SessionRoutes {
    private static final String SESSION = "/v1/client/sessions/{session_id}";
    private static final Set<String> INTENTS = Set.of("focus", "select_session", "select_org");

    private final Sessions sessions;
    private final SessionJson json;

    public SessionRoutes(Sessions sessions, SessionJson json) {
        this.sessions = sessions;
        this.json = json;
    }

    public void mount(Router frontend) {
        frontend.add("GET", SESSION, this::get)
                .add("POST", SESSION + "/touch", this::touch)
                .add("POST", SESSION + "/end", exchange -> close(exchange, SessionStatus.ENDED, "end"))
                .add("POST", SESSION + "/remove", exchange -> close(exchange, SessionStatus.REMOVED, "remove"))
                .add("GET", "/v1/me/sessions", exchange -> devices(exchange, false))
                .add("GET", "/v1/me/sessions/active", exchange -> devices(exchange, true))
                .add("POST", "/v1/me/sessions/{session_id}/revoke", this::revoke);
    }

    private Reply get(Exchange exchange) {
        return reply(exchange, sessions.get(exchange, exchange.param("session_id")));
    }

    private Reply touch(Exchange exchange) {
        Form form = exchange.form("active_organization_id", "intent");
        if (form.text("intent").isPresent()) form.oneOf("intent", INTENTS);
        Optional<String> organization = form.given("active_organization_id");
        return reply(exchange, sessions.touch(exchange, exchange.param("session_id"), organization));
    }

    private Reply close(Exchange exchange, SessionStatus as, String action) {
        exchange.form();
        return reply(exchange, sessions.close(exchange, exchange.param("session_id"), as, action));
    }

    private Reply revoke(Exchange exchange) {
        exchange.form();
        return reply(exchange, sessions.revoke(exchange, exchange.param("session_id")));
    }

    private Reply devices(Exchange exchange, boolean openOnly) {
        var array = Json.array();
        sessions.ofCurrentUser(exchange).stream()
                .filter(session -> !openOnly || session.isOpenAt(exchange.now()))
                .forEach(session -> array.add(SessionJson.ofDevice(session, exchange.now())));
        return Reply.bare(array);
    }

    private Reply reply(Exchange exchange, Sessions.Shown shown) {
        return Reply.resource(json.of(exchange, shown)).withClient();
    }
}
