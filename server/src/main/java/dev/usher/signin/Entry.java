package dev.usher.signin;

import dev.usher.client.Clients;
import dev.usher.http.Caller;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.TicketErrors;
import dev.usher.instance.Instance;
import dev.usher.session.Opening;
import dev.usher.session.Session;
import dev.usher.session.Sessions;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.ticket.Ticket;
import dev.usher.ticket.Tickets;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The last step of every sign-in and sign-up: may this client take one more session, and if so, open it. */
final class Entry {
    /** How long an unfinished attempt can be taken up again. */
    static final Duration ATTEMPT_KEPT = Duration.ofHours(24);

    private final Sessions sessions;
    private final Clients clients;
    private final Users users;
    private final Tickets tickets;

    Entry(Sessions sessions, Clients clients, Users users, Tickets tickets) {
        this.sessions = sessions;
        this.clients = clients;
        this.users = users;
        this.tickets = tickets;
    }

    /** The calling client, made when there is none yet. */
    String client(WriteTx tx, Exchange exchange) {
        return clients.ensure(tx, exchange);
    }

    /** The calling client, which must exist. */
    String knownClient(Tx tx, Exchange exchange) {
        return Clients.current(clients.known(tx, exchange));
    }

    /** Who looks at an attempt; a poll may have been on its way when a link was opened and the secret rotated. */
    Caller.Known watcher(Tx tx, Exchange exchange) {
        return clients.known(tx, exchange);
    }

    /**
     * Whether an attempt is shown as it began: a secret that was rotated away does not learn how it ended, nor of any later
     * attempt. The next poll shows the new secret.
     */
    static boolean asBegun(Caller.Known watcher, Instant abandonAt) {
        if (abandonAt.minus(ATTEMPT_KEPT).isAfter(watcher.sessionsBefore())) throw Errors.signedOut();
        return !watcher.sessionsBefore().equals(Instant.MAX);
    }

    /** Whether the caller is this client and shows its current secret. */
    boolean isCalling(Tx tx, Exchange exchange, String clientId) {
        return clients.identify(tx, exchange) instanceof Caller.Known caller
                && caller.clientId().equals(clientId)
                && caller.sessionsBefore().equals(Instant.MAX);
    }

    /** In single-session mode nobody signs in over somebody else, and nobody at all beside one who acts as another. */
    void requireRoom(Tx tx, Exchange exchange, String clientId) {
        List<Session> open = open(tx, exchange, clientId);
        if (open.stream().anyMatch(session -> session.actor().isPresent())) throw TicketErrors.noSessionBesideActor();
        boolean single = Instance.of(exchange).settings().singleSessionMode();
        if (single && !open.isEmpty()) throw Errors.sessionExists();
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
        requirePlace(tx, exchange, clientId);
    }

    /** Where a full client refuses one more session, nobody begins in vain. */
    void requirePlace(Tx tx, Exchange exchange, String clientId) {
        sessions.requireRoomOnClient(tx, exchange, clientId);
    }

    private List<Session> open(Tx tx, Exchange exchange, String clientId) {
        return sessions.openOfClient(tx, clientId, exchange.now());
    }

    /** Signs a user out everywhere. */
    void closeAll(WriteTx tx, Exchange exchange, User user) {
        sessions.revokeAllOf(tx, Instance.of(exchange), user.id(), exchange.now());
    }

    /** Signs the calling client out, if there is one that shows its current secret. */
    void signOut(WriteTx tx, Exchange exchange) {
        boolean isCurrent = clients.identify(tx, exchange) instanceof Caller.Known caller
                && caller.sessionsBefore().equals(Instant.MAX);
        if (isCurrent) sessions.removeAll(tx, knownClient(tx, exchange), exchange.now());
    }

    /** Uses the ticket up for the user. */
    Ticket spend(WriteTx tx, Exchange exchange, String ticketHash, User user) {
        return tickets.spend(tx, Instance.of(exchange), ticketHash, user, exchange.now());
    }

    /** Opens the session of a user who has just proved who they are, and rotates the client's secret. */
    String enter(WriteTx tx, Exchange exchange, String clientId, User user, String strategy, Opening opening) {
        if (user.banned()) throw Errors.userBanned();
        requireRoom(tx, exchange, clientId);
        Session session = sessions.open(tx, exchange, clientId, user.id(), opening);
        if (opening.impersonation().isEmpty()) users.signedIn(tx, user.id(), exchange.now());
        clients.signedIn(tx, exchange, clientId, session.id(), strategy);
        return session.id();
    }
}
