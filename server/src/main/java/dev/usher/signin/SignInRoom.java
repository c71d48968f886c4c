package dev.usher.signin;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.client.Attempts;
import dev.usher.client.Clients;
import dev.usher.factor.Codes;
import dev.usher.factor.Passwords;
import dev.usher.http.Exchange;
import dev.usher.http.Router;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.user.Users;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** The door of this room: its endpoints, and what a client's unfinished attempts look like. */
public final class SignInRoom implements Attempts {
    private final Store store;
    private final SignIns signIns;
    private final SignUps signUps;

    public SignInRoom(
            Store store, Clients clients, Sessions sessions, Users users, Passwords passwords, Codes codes, Ids ids) {
        Entry entry = new Entry(sessions, clients, users);
        this.store = store;
        this.signIns = new SignIns(store, clients, entry, users, passwords, codes, ids);
        this.signUps = new SignUps(store, entry, users, passwords, codes, ids);
    }

    public void mount(Router frontend) {
        new SignInRoutes(signIns).mount(frontend);
        new SignUpRoutes(signUps).mount(frontend);
    }

    @Override
    public JsonNode signIn(Tx tx, Exchange exchange, String clientId) {
        return SignInStore.unfinished(tx, clientId, exchange.now())
                .<JsonNode>map(found -> SignInJson.of(signIns.shown(tx, exchange, found), exchange.now()))
                .orElse(Json.object().nullNode());
    }

    @Override
    public JsonNode signUp(Tx tx, Exchange exchange, String clientId) {
        return SignUpStore.unfinished(tx, clientId, exchange.now())
                .<JsonNode>map(found -> SignUpJson.of(signUps.shown(tx, exchange, found), exchange.now()))
                .orElse(Json.object().nullNode());
    }

    /** Forgets attempts that were abandoned or finished long ago; tells how many. */
    public int sweep(Instant now, int limit) {
        return store.write(tx -> SignInStore.sweep(tx, now, limit) + SignUpStore.sweep(tx, now, limit));
    }
}
