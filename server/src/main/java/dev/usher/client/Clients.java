package dev.usher.client;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.http.Caller;
import dev.usher.http.Callers;
import dev.usher.http.ClientToken;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.instance.Instance;
import dev.usher.session.ClientState;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes clients, tells which one is calling, and rotates their secret when somebody signs in. */
public final class Clients implements Callers, ClientState {
    private static final Duration UNUSED_KEPT = Duration.ofDays(30);

    private final Store store;
    private final Ids ids;
    private final Randomness randomness;

    public Clients(Store store, Ids ids, Randomness randomness) {
        this.store = store;
        this.ids = ids;
        this.randomness = randomness;
    }

    /** A development browser leads to its client, also when the request shows another client's cookie. */
    @Override
    public Caller identify(Tx tx, Exchange exchange) {
        Optional<Secret> devBrowser = exchange.credentials().devBrowser();
        if (devBrowser.isPresent()) {
            Optional<String> clientId = known(tx, exchange, devBrowser.get()).clientId();
            clientId.ifPresent(id -> ClientStore.hold(tx, id));
            if (clientId.isPresent()) return new Caller.Known(clientId.get(), Instant.MAX);
        }
        return byToken(tx, exchange).<Caller>map(known -> known).orElseGet(Caller.Anonymous::new);
    }

    private static ClientStore.DevBrowser known(Tx tx, Exchange exchange, Secret devBrowser) {
        return ClientStore.devBrowser(tx, exchange.site().id(), devBrowser)
                .orElseThrow(Errors::devBrowserUnauthenticated);
    }

    private static Optional<Caller.Known> byToken(Tx tx, Exchange exchange) {
        return exchange.credentials()
                .token()
                .flatMap(token -> ClientStore.find(tx, exchange.site().id(), token.clientId())
                        .flatMap(client -> client.provedBy(token, exchange.now())));
    }

    /** The calling client, as it is in the database. */
    Optional<Client> find(Tx tx, Exchange exchange) {
        return identify(tx, exchange) instanceof Caller.Known caller
                ? ClientStore.find(tx, exchange.site().id(), caller.clientId())
                : Optional.empty();
    }

    /** The calling client; one is made when there is none yet. An outdated secret gets no say here. */
    public String ensure(WriteTx tx, Exchange exchange) {
        requireNativeAllowed(exchange);
        String clientId =
                identify(tx, exchange) instanceof Caller.Known caller ? current(caller) : create(tx, exchange);
        exchange.credentials().devBrowser().ifPresent(token -> ClientStore.linkDevBrowser(tx, token, clientId));
        return clientId;
    }

    private static void requireNativeAllowed(Exchange exchange) {
        boolean allowed =
                !exchange.isNative() || Instance.of(exchange).settings().nativeApi();
        if (!allowed) throw Errors.nativeApiDisabled();
    }

    /** The client of a caller who shows its current secret; whoever shows an outdated one changes nothing. */
    public static String current(Caller.Known caller) {
        if (!caller.sessionsBefore().equals(Instant.MAX)) throw Errors.signedOut();
        return caller.clientId();
    }

    private String create(WriteTx tx, Exchange exchange) {
        ClientToken token = new ClientToken(ids.next("client", exchange.now()), randomness.secret());
        ClientStore.insert(
                tx, exchange.site().id(), token.clientId(), token.secret(), cookieExpiry(exchange), exchange.now());
        tx.afterCommit(() -> ClientCookie.give(exchange, token));
        return token.clientId();
    }

    private static Optional<Instant> cookieExpiry(Exchange exchange) {
        return exchange.isNative()
                ? Optional.empty()
                : Optional.of(exchange.now().plus(ClientCookie.LIFETIME));
    }

    /** Notes a completed sign-in and gives the client a new secret, against session fixation (OWASP ASVS 7.2.4). */
    public void signedIn(WriteTx tx, Exchange exchange, String clientId, String sessionId, String strategy) {
        Secret fresh = randomness.secret();
        ClientStore.rotate(tx, clientId, fresh, cookieExpiry(exchange), exchange.now());
        ClientStore.signedIn(tx, clientId, sessionId, strategy, exchange.now());
        tx.afterCommit(() -> ClientCookie.give(exchange, new ClientToken(clientId, fresh)));
    }

    /** Gives the calling client a new secret after its person has proved once more who they are (OWASP ASVS 7.2.4). */
    public void reproved(WriteTx tx, Exchange exchange, String clientId) {
        Secret fresh = randomness.secret();
        ClientStore.rotate(tx, clientId, fresh, cookieExpiry(exchange), exchange.now());
        ClientCookie.give(exchange, new ClientToken(clientId, fresh));
    }

    /** From now on nothing that anybody holds leads to this client. */
    void retire(WriteTx tx, Exchange exchange, String clientId) {
        ClientStore.retire(tx, clientId, randomness.secret(), exchange.now());
        tx.afterCommit(() -> ClientCookie.takeBack(exchange));
    }

    /** A new development browser; its token stands in for a cookie that browsers would not send. */
    Secret newDevBrowser(Exchange exchange) {
        return store.write(tx -> newDevBrowser(tx, exchange, Optional.empty()));
    }

    /** A new development browser that leads to this client; in the transaction of whoever checked that it may. */
    public Secret newDevBrowser(WriteTx tx, Exchange exchange, Optional<String> clientId) {
        Secret token = Secret.of("dvb_" + randomness.secret().reveal());
        ClientStore.insertDevBrowser(tx, exchange.site().id(), token, exchange.now());
        clientId.ifPresent(id -> ClientStore.linkDevBrowser(tx, token, id));
        return token;
    }

    /** The client of the development browser that is shown; nothing is refused here, not even an unknown one. */
    public Optional<Caller.Known> byDevBrowser(Tx tx, Exchange exchange) {
        return exchange.credentials()
                .devBrowser()
                .flatMap(token -> ClientStore.devBrowser(tx, exchange.site().id(), token))
                .flatMap(ClientStore.DevBrowser::clientId)
                .map(id -> new Caller.Known(id, Instant.MAX));
    }

    public boolean knowsDevBrowser(Tx tx, Exchange exchange) {
        return exchange.credentials()
                .devBrowser()
                .flatMap(token -> ClientStore.devBrowser(tx, exchange.site().id(), token))
                .isPresent();
    }

    /** The client of the cookie that is shown. */
    public Optional<Caller.Known> byCookie(Tx tx, Exchange exchange) {
        return byToken(tx, exchange);
    }

    /** When the set of the client's sessions changed last. */
    public Optional<Instant> changedAt(Tx tx, Exchange exchange, String clientId) {
        return ClientStore.find(tx, exchange.site().id(), clientId).map(Client::updatedAt);
    }

    /** Gives the browser its cookie again, for another year; does nothing for a cookie that is not the client's present one. */
    public void renewCookie(WriteTx tx, Exchange exchange) {
        Optional<Caller.Known> caller =
                byToken(tx, exchange).filter(known -> known.sessionsBefore().equals(Instant.MAX));
        if (caller.isEmpty() || exchange.isNative()) return;
        ClientStore.cookieRenewed(tx, caller.get().clientId(), cookieExpiry(exchange));
        exchange.credentials().token().ifPresent(token -> ClientCookie.give(exchange, token));
    }

    @Override
    public Optional<String> lastActiveSession(Tx tx, String clientId) {
        return tx.held("select last_active_session_id from client where id = :id")
                .bind("id", clientId)
                .map((row, context) -> Optional.ofNullable(row.getString(1)))
                .findOne()
                .flatMap(id -> id);
    }

    @Override
    public void activated(WriteTx tx, String clientId, String sessionId, Instant now) {
        ClientStore.activated(tx, clientId, sessionId, now);
    }

    @Override
    public void sessionsChanged(WriteTx tx, String clientId, Optional<String> activeSessionId, Instant now) {
        ClientStore.sessionsChanged(tx, clientId, activeSessionId, now);
    }

    /** Forgets clients that have had no session for 30 days, at most so many; tells how many. */
    public int sweep(Instant now, int limit) {
        return store.write(tx -> ClientStore.sweep(tx, now.minus(UNUSED_KEPT), limit));
    }
}
