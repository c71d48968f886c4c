package dev.usher.signin;

import dev.usher.client.Clients;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.instance.Instance;
import dev.usher.session.FactorAges;
import dev.usher.session.Session;
import dev.usher.session.Sessions;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The last step of every sign-in and sign-up: may this client take one more session, and if so, open it. */
final class Entry {
    /** How long an unfinished attempt can be taken up again. */
    static final Duration ATTEMPT_KEPT = Duration.ofHours(24);

    private final Sessions sessions;
    private final Clients clients;
    private final Users users;

    Entry(Sessions sessions, Clients clients, Users users) {
        this.sessions = sessions;
        this.clients = clients;
        this.users = users;
    }

    /** The calling client, made when there is none yet. */
    String client(WriteTx tx, Exchange exchange) {
        return clients.ensure(tx, exchange);
    }

    /** The calling client, which must exist. */
    String knownClient(Tx tx, Exchange exchange) {
        return Clients.current(clients.known(tx, exchange));
    }

    /** In single-session mode nobody signs in over somebody else. */
    void requireRoom(Tx tx, Exchange exchange, String clientId) {
        boolean single = Instance.of(exchange).settings().singleSessionMode();
        if (single && !open(tx, exchange, clientId).isEmpty()) throw Errors.sessionExists();
    }

    /** In multi-session mode one person signs in once. Nobody costs the same statements as somebody. */
    void requireOther(Tx tx, Exchange exchange, String clientId, Optional<User> user) {
        open(tx, exchange, clientId).stream()
                .filter(session ->
                        user.filter(one -> one.id().equals(session.userId())).isPresent())
                .findFirst()
                .ifPresent(session -> {
                    throw Errors.alreadySignedIn(session.id());
                });
    }

    private List<Session> open(Tx tx, Exchange exchange, String clientId) {
        return sessions.openOfClient(tx, clientId, exchange.now());
    }

    /** Signs a user out everywhere. */
    void closeAll(WriteTx tx, Exchange exchange, User user) {
        sessions.revokeAllOf(tx, Instance.of(exchange), user.id(), exchange.now());
    }

    /** Opens the session of a user who has just proved who they are, and rotates the client's secret. */
    String enter(WriteTx tx, Exchange exchange, String clientId, User user, String strategy, FactorAges factorAges) {
        if (user.banned()) throw Errors.userBanned();
        requireRoom(tx, exchange, clientId);
        Session session = sessions.open(tx, exchange, clientId, user.id(), factorAges);
        users.signedIn(tx, user.id(), exchange.now());
        clients.signedIn(tx, exchange, clientId, session.id(), strategy);
        return session.id();
    }
}
