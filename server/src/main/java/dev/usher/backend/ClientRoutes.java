package dev.usher.backend;

import dev.usher.base.Json;
import dev.usher.client.Client;
import dev.usher.client.ServerClients;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Paging;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.http.SessionErrors;
import dev.usher.session.ServerSessions;
import dev.usher.session.Session;
import dev.usher.session.SessionJson;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/clients}: lists of clients, one of them, and the one that a token belongs to. */
final class ClientRoutes {
    private static final int MOST_SESSIONS = 100;

    private final Store store;
    private final ServerClients clients;
    private final ServerSessions sessions;

    ClientRoutes(Store store, ServerClients clients, ServerSessions sessions) {
        this.store = store;
        this.clients = clients;
        this.sessions = sessions;
    }

    void mount(Router backend) {
        backend.add("GET", "/v1/clients", this::list)
                .add("POST", "/v1/clients/verify", this::verify)
                .add("GET", "/v1/clients/{client_id}", this::read);
    }

    private Reply list(Exchange exchange) {
        Paging paging = Paging.of(exchange);
        return store.read(tx -> Lists.listOrPage(
                exchange,
                clients.list(tx, exchange, paging),
                client -> json(tx, exchange, client),
                clients.count(tx, exchange)));
    }

    private Reply verify(Exchange exchange) {
        String token = exchange.body("token").required("token");
        return store.read(tx -> Reply.bare(
                json(tx, exchange, clients.proved(tx, exchange, token).orElseThrow(SessionErrors::clientNotFound))));
    }

    private Reply read(Exchange exchange) {
        String id = exchange.param("client_id");
        return store.read(tx -> Reply.bare(
                json(tx, exchange, clients.find(tx, exchange, id).orElseThrow(() -> Errors.notFound("client", id)))));
    }

    /** Attempts to sign in and up belong to the browser, and are not shown to servers. */
    private ObjectNode json(Tx tx, Exchange exchange, Client client) {
        List<Session> held = sessions.ofClient(tx, exchange, client.id(), MOST_SESSIONS);
        ObjectNode json = Json.object().put("object", "client").put("id", client.id());
        json.set("session_ids", Json.texts(held.stream().map(Session::id).toList()));
        var all = json.putArray("sessions");
        held.forEach(session -> all.add(SessionJson.ofServer(session, exchange.now())));
        return json.putNull("sign_in_id")
                .putNull("sign_up_id")
                .put("last_active_session_id", client.lastActiveSessionId().orElse(null))
                .put(
                        "last_authentication_strategy",
                        client.lastAuthenticationStrategy().orElse(null))
                .put("updated_at", client.updatedAt().toEpochMilli())
                .put("created_at", client.createdAt().toEpochMilli());
    }
}
