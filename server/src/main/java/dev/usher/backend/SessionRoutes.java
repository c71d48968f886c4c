package dev.usher.backend;

import dev.usher.client.ServerClients;
import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Paging;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.http.SessionErrors;
import dev.usher.instance.Instance;
import dev.usher.session.ServerSessions;
import dev.usher.session.Session;
import dev.usher.session.SessionJson;
import dev.usher.session.SessionStatus;
import dev.usher.store.Store;
import dev.usher.user.Accounts;
import dev.usher.user.User;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/sessions}: lists of sessions, one of them, a new one in development, its revocation and its end. */
final class SessionRoutes {
    private static final String ONE = "/v1/sessions/{session_id}";
    private static final Set<String> STATUSES =
            Set.of("abandoned", "active", "ended", "expired", "pending", "removed", "replaced", "revoked");

    private final Store store;
    private final Accounts accounts;
    private final ServerClients clients;
    private final ServerSessions sessions;

    SessionRoutes(Store store, Accounts accounts, ServerClients clients, ServerSessions sessions) {
        this.store = store;
        this.accounts = accounts;
        this.clients = clients;
        this.sessions = sessions;
    }

    void mount(Router backend) {
        backend.add("GET", "/v1/sessions", this::list)
                .add("POST", "/v1/sessions", this::create)
                .add("GET", ONE, exchange -> reply(exchange, sessions.get(exchange, id(exchange))))
                .add("PATCH", ONE, this::update)
                .add("POST", ONE + "/revoke", this::revoke);
    }

    private static String id(Exchange exchange) {
        return exchange.param("session_id");
    }

    private static Reply reply(Exchange exchange, Session session) {
        return Reply.bare(SessionJson.ofServer(session, exchange.now()));
    }

    private Reply list(Exchange exchange) {
        Optional<SessionStatus> status = Fields.text(exchange, "status").map(SessionRoutes::status);
        var filter =
                new ServerSessions.Filter(Fields.text(exchange, "client_id"), Fields.text(exchange, "user_id"), status);
        var found = sessions.list(exchange, filter, Paging.of(exchange));
        return Lists.listOrPage(
                exchange,
                found.sessions(),
                session -> SessionJson.ofServer(session, exchange.now()),
                found.totalCount());
    }

    private static SessionStatus status(String word) {
        if (!STATUSES.contains(word)) throw Errors.invalidValue("status", "status is none of a session's.");
        return SessionStatus.ofWire(word);
    }

    private Reply create(Exchange exchange) {
        Body body = exchange.body("user_id", "active_organization_id");
        if (!exchange.site().isDevelopment()) throw SessionErrors.creationNotAllowed();
        String userId = body.required("user_id");
        Optional<String> organization =
                body.text("active_organization_id").value().filter(id -> !id.isEmpty());
        return reply(exchange, store.write(tx -> {
            User user = accounts.get(tx, Instance.of(exchange), userId);
            if (user.banned()) throw Errors.userBanned();
            String clientId = clients.createUnheld(tx, exchange);
            return sessions.open(tx, exchange, clientId, user.id(), organization);
        }));
    }

    private Reply update(Exchange exchange) {
        Body body = exchange.body("expire_at");
        long expireAt = body.number("expire_at").value().orElseThrow(() -> Errors.missing("expire_at"));
        return reply(exchange, sessions.expireAt(exchange, id(exchange), Instant.ofEpochMilli(expireAt)));
    }

    private Reply revoke(Exchange exchange) {
        exchange.body();
        return reply(exchange, sessions.revoke(exchange, id(exchange)));
    }
}
