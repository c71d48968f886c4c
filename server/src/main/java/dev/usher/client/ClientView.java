package dev.usher.client;

import dev.usher.base.Json;
import dev.usher.http.Caller;
import dev.usher.http.Exchange;
import dev.usher.http.Piggyback;
import dev.usher.session.SessionJson;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The calling client on the wire, with its open sessions and a fresh token for each of them. */
public final class ClientView implements Piggyback {
    private final Store store;
    private final Clients clients;
    private final Sessions sessions;
    private final SessionJson sessionJson;
    private final Attempts attempts;

    public ClientView(Store store, Clients clients, Sessions sessions, SessionJson sessionJson, Attempts attempts) {
        this.store = store;
        this.clients = clients;
        this.sessions = sessions;
        this.sessionJson = sessionJson;
        this.attempts = attempts;
    }

    private record Facts(Client client, List<Sessions.Shown> open, JsonNode signIn, JsonNode signUp) {}

    @Override
    public @Nullable JsonNode clientOf(Exchange exchange) {
        Optional<Facts> facts = store.read(tx -> facts(tx, exchange));
        markSignedIn(exchange, facts);
        return facts.map(found -> json(exchange, found)).orElse(null);
    }

    /** In production a cookie tells the application's servers since when somebody is signed in; it follows every change. */
    private static void markSignedIn(Exchange exchange, Optional<Facts> facts) {
        if (exchange.site().isDevelopment() || exchange.isNative()) return;
        Optional<Instant> since = facts.filter(found -> !found.open().isEmpty())
                .map(found -> found.client().updatedAt());
        SignedInMark.refresh(exchange, since);
    }

    private Optional<Facts> facts(Tx tx, Exchange exchange) {
        if (!(clients.identify(tx, exchange) instanceof Caller.Known caller)) return Optional.empty();
        return clients.find(tx, exchange).map(client -> facts(tx, exchange, caller, client));
    }

    private Facts facts(Tx tx, Exchange exchange, Caller.Known caller, Client client) {
        List<Sessions.Shown> open = sessions.openOf(tx, caller, exchange.now()).stream()
                .flatMap(session -> sessions.find(tx, exchange, session).stream())
                .toList();
        boolean isCurrent = caller.sessionsBefore().equals(Instant.MAX);
        JsonNode none = Json.object().nullNode();
        return new Facts(
                client,
                open,
                isCurrent ? attempts.signIn(tx, exchange, client.id()) : none,
                isCurrent ? attempts.signUp(tx, exchange, client.id()) : none);
    }

    private ObjectNode json(Exchange exchange, Facts facts) {
        Client client = facts.client();
        ObjectNode json = Json.object().put("object", "client").put("id", client.id());
        var array = json.putArray("sessions");
        facts.open().forEach(shown -> array.add(sessionJson.of(exchange, shown)));
        json.set("sign_in", facts.signIn());
        json.set("sign_up", facts.signUp());
        json.put("last_active_session_id", lastActive(facts));
        json.put(
                "last_authentication_strategy",
                client.lastAuthenticationStrategy().orElse(null));
        json.put(
                "cookie_expires_at",
                client.cookieExpiresAt().map(Instant::toEpochMilli).orElse(null));
        json.put("captcha_bypass", false);
        return json.put("created_at", client.createdAt().toEpochMilli())
                .put("updated_at", client.updatedAt().toEpochMilli());
    }

    private static @Nullable String lastActive(Facts facts) {
        return facts.client()
                .lastActiveSessionId()
                .filter(id -> facts.open().stream()
                        .anyMatch(shown -> shown.session().id().equals(id)))
                .orElse(null);
    }
}
