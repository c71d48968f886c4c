package dev.usher.handshake;

import dev.usher.base.Json;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.base.Vault;
import dev.usher.client.Clients;
import dev.usher.http.Caller;
import dev.usher.http.Exchange;
import dev.usher.http.HandshakeErrors;
import dev.usher.instance.Instance;
import dev.usher.instance.ReturnTarget;
import dev.usher.session.PageTokens;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells a page of the application, by way of the browser, who is signed in on that browser. */
public final class Handshakes {
    /** From the redirect to its redemption, over a slow phone too. */
    private static final Duration VALIDITY = Duration.ofSeconds(60);

    private static final Duration SPENT_KEPT = Duration.ofDays(8);

    private final Store store;
    private final Clients clients;
    private final Sessions sessions;
    private final PageTokens tokens;
    private final Vault vault;
    private final Randomness randomness;

    public Handshakes(
            Store store, Clients clients, Sessions sessions, PageTokens tokens, Vault vault, Randomness randomness) {
        this.store = store;
        this.clients = clients;
        this.sessions = sessions;
        this.tokens = tokens;
        this.vault = vault;
        this.randomness = randomness;
    }

    /** What is so, read and made in one transaction; the token is signed after it. */
    private record Standing(
            Optional<Sessions.Shown> shown,
            Instant changedAt,
            Optional<Secret> devBrowser,
            Optional<Secret> refreshToken) {}

    /** The cookies for the target's host. */
    List<String> directives(Exchange exchange, ReturnTarget target) {
        Instance instance = Instance.of(exchange);
        exchange.authorize(target.origin());
        Standing standing = store.write(tx -> standing(tx, exchange, target));
        Directives directives = new Directives(instance, target.host(), target.isSecure());
        standing.devBrowser().ifPresent(directives::devBrowser);
        standing.shown()
                .ifPresentOrElse(
                        shown -> directives.signedIn(
                                tokens.mint(exchange, shown.session(), shown.organization()), standing.changedAt()),
                        directives::signedOut);
        standing.refreshToken().ifPresent(directives::refreshedBy);
        if (!instance.isDevelopment()) directives.handedOver();
        return directives.list();
    }

    private Standing standing(WriteTx tx, Exchange exchange, ReturnTarget target) {
        Optional<Caller.Known> caller = caller(tx, exchange);
        Optional<Sessions.Shown> shown = caller.flatMap(known -> sessions.goingOn(tx, exchange, known))
                .map(found -> exchange.query("organization_id")
                        .map(wanted -> sessions.inOrganization(tx, exchange, found, wanted))
                        .orElse(found));
        boolean isDevelopment = exchange.site().isDevelopment();
        return new Standing(
                shown,
                caller.flatMap(known -> changedAt(tx, exchange, known)).orElse(exchange.now()),
                isDevelopment ? Optional.of(devBrowser(tx, exchange, caller)) : Optional.empty(),
                isDevelopment ? Optional.empty() : shown.map(found -> refreshToken(tx, exchange, found, target)));
    }

    /** Never after the token's own time: a page would not believe the token otherwise. */
    private Optional<Instant> changedAt(Tx tx, Exchange exchange, Caller.Known caller) {
        return clients.changedAt(tx, exchange, caller.clientId())
                .map(at -> at.isAfter(exchange.now()) ? exchange.now() : at);
    }

    /** The development browser's client when somebody is signed in there, as in all other requests; else the cookie's. */
    private Optional<Caller.Known> caller(Tx tx, Exchange exchange) {
        Optional<Caller.Known> byDevBrowser = clients.byDevBrowser(tx, exchange);
        Optional<Caller.Known> byCookie = clients.byCookie(tx, exchange);
        return byDevBrowser
                .filter(known -> byCookie.isEmpty()
                        || sessions.goingOn(tx, exchange, known).isPresent())
                .or(() -> byCookie);
    }

    /**
     * The development browser that is shown, while it leads to the same client. Otherwise a new one: linking one that came by
     * an address would let whoever wrote the address in.
     */
    private Secret devBrowser(WriteTx tx, Exchange exchange, Optional<Caller.Known> caller) {
        Optional<String> shown = clients.byDevBrowser(tx, exchange).map(Caller.Known::clientId);
        Optional<String> wanted = caller.map(Caller.Known::clientId);
        boolean isKnown = clients.knowsDevBrowser(tx, exchange) && shown.equals(wanted);
        return isKnown
                ? exchange.credentials().devBrowser().orElseThrow()
                : clients.newDevBrowser(tx, exchange, wanted);
    }

    private Secret refreshToken(WriteTx tx, Exchange exchange, Sessions.Shown shown, ReturnTarget target) {
        Secret token = randomness.secret();
        RefreshTokenStore.insert(
                tx, exchange.site().id(), shown.session().id(), target.origin(), token, exchange.now());
        return token;
    }

    /** Keeps directives for the one who shows the nonce, soon. */
    Secret keep(Exchange exchange, List<String> directives) {
        Secret nonce = randomness.secret();
        String sealed = vault.seal(Json.bytes(Json.texts(directives)), label(nonce));
        store.change(tx -> NonceStore.insert(
                tx, exchange.site().id(), nonce, sealed, exchange.now().plus(VALIDITY)));
        return nonce;
    }

    /** What was kept under a nonce, once.
     *
     * @throws dev.usher.http.Refusal when nothing is there, or nothing any more
     */
    JsonNode redeem(Exchange exchange, Secret nonce) {
        String sealed = store.write(tx -> NonceStore.take(tx, exchange.site().id(), nonce, exchange.now()))
                .orElseThrow(HandshakeErrors::payloadNotFound);
        return Json.parse(new String(vault.open(sealed, label(nonce)), StandardCharsets.UTF_8));
    }

    private static String label(Secret nonce) {
        return "handshake " + nonce.hash();
    }

    /** The directives as a signed token, for SDKs that redeem no nonce. */
    String token(Exchange exchange, List<String> directives) {
        ObjectNode claims = Json.object();
        claims.set("handshake", Json.texts(directives));
        claims.put("iss", Instance.of(exchange).issuer());
        claims.put("iat", exchange.now().getEpochSecond());
        claims.put("nbf", exchange.now().minusSeconds(10).getEpochSecond());
        claims.put("exp", exchange.now().plus(VALIDITY).getEpochSecond());
        return tokens.sign(exchange, claims);
    }

    void renewCookie(Exchange exchange) {
        store.change(tx -> clients.renewCookie(tx, exchange));
    }

    /** Forgets what nobody came for, and spent tokens that are too old to come again. */
    public int sweep(WriteTx tx, Instant now) {
        return NonceStore.sweep(tx, now) + RefreshTokenStore.sweep(tx, now.minus(SPENT_KEPT));
    }
}
