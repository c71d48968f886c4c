package dev.usher.signin;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.client.Attempts;
import dev.usher.client.Clients;
import dev.usher.factor.Codes;
import dev.usher.factor.Factors;
import dev.usher.factor.Links;
import dev.usher.factor.NewPasswords;
import dev.usher.factor.Passkeys;
import dev.usher.factor.RateLimits;
import dev.usher.http.Exchange;
import dev.usher.http.Router;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.ticket.Tickets;
import dev.usher.user.Identifiers;
import dev.usher.user.Users;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** The door of this room: its endpoints, and what a client's unfinished attempts look like. */
public final class SignInRoom implements Attempts {
    private final Store store;
    private final SignIns signIns;
    private final SignUps signUps;
    private final TicketSignIns ticketSignIns;
    private final TicketRoutes ticketRoutes;
    private final LinkRoutes linkRoutes;
    private final RateLimits limits;

    /** What this room takes from the room of factors. */
    public record FactorRoom(
            Factors factors, Passkeys passkeys, NewPasswords passwords, Codes codes, Links links, RateLimits limits) {}

    public SignInRoom(
            Store store, Clients clients, Sessions sessions, Users users, Tickets tickets, FactorRoom room, Ids ids) {
        Entry entry = new Entry(sessions, clients, users, tickets);
        var steps = new SignInSteps(store, entry, users, room.factors(), room.passkeys(), room.passwords());
        this.store = store;
        this.limits = room.limits();
        this.signIns = new SignIns(store, clients, entry, users, room.factors(), steps, ids);
        this.signUps = new SignUps(store, entry, users, tickets, room.passwords(), room.codes(), room.links(), ids);
        this.ticketSignIns = new TicketSignIns(store, signIns, steps, tickets);
        this.ticketRoutes = new TicketRoutes(store, entry, tickets);
        var addresses = new Identifiers(ids);
        this.linkRoutes = new LinkRoutes(
                new LinkVisits(store, entry, users, addresses, room.codes(), room.links(), steps, signUps));
    }

    public void mount(Router frontend) {
        new SignInRoutes(signIns, ticketSignIns, limits).mount(frontend);
        ticketRoutes.mount(frontend);
        linkRoutes.mount(frontend);
        new SignUpRoutes(signUps, limits).mount(frontend);
    }

    @Override
    public JsonNode signIn(Tx tx, Exchange exchange, String clientId) {
        return SignInStore.unfinished(tx, clientId, exchange.now())
                .<JsonNode>map(found -> SignInJson.of(exchange, signIns.shown(tx, exchange, found)))
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
