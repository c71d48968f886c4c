package dev.usher.client;

import dev.usher.base.Json;
import dev.usher.http.Caller;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;

/** {@code /v1/client}, the development browser and the sign-out of everybody on this client. */
public final class ClientRoutes {
    private final Store store;
    private final Clients clients;
    private final Sessions sessions;
    private final ClientView view;

    public ClientRoutes(Store store, Clients clients, Sessions sessions, ClientView view) {
        this.store = store;
        this.clients = clients;
        this.sessions = sessions;
        this.view = view;
    }

    public void mount(Router frontend) {
        frontend.add("GET", "/v1/client", this::get)
                .add("PUT", "/v1/client", this::ensure)
                .add("POST", "/v1/client", this::ensure)
                .add("DELETE", "/v1/client", this::delete)
                .add("DELETE", "/v1/client/sessions", this::removeSessions)
                .add("POST", "/v1/dev_browser", this::newDevBrowser);
    }

    private Reply get(Exchange exchange) {
        return Reply.resource(view.clientOf(exchange));
    }

    private Reply ensure(Exchange exchange) {
        exchange.form();
        store.write(tx -> clients.ensure(tx, exchange));
        return get(exchange);
    }

    private Reply delete(Exchange exchange) {
        exchange.form();
        store.change(tx -> {
            if (clients.identify(tx, exchange) instanceof Caller.Known caller) retire(tx, exchange, caller);
        });
        return Reply.resource(null);
    }

    private void retire(WriteTx tx, Exchange exchange, Caller.Known caller) {
        sessions.removeAll(tx, Clients.current(caller), exchange.now());
        clients.retire(tx, exchange, caller.clientId());
    }

    private Reply removeSessions(Exchange exchange) {
        exchange.form();
        store.change(tx -> removeSessions(tx, exchange));
        return get(exchange);
    }

    private void removeSessions(WriteTx tx, Exchange exchange) {
        String clientId = Clients.current(clients.known(tx, exchange));
        sessions.removeAll(tx, clientId, exchange.now());
    }

    private Reply newDevBrowser(Exchange exchange) {
        if (!exchange.site().isDevelopment()) throw Errors.noSuchRoute();
        exchange.form();
        String token = clients.newDevBrowser(exchange).reveal();
        return Reply.bare(Json.object().put("id", token)).header("Clerk-Db-Jwt", token);
    }
}
