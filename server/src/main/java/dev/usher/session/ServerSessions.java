package dev.usher.session;

import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Paging;
import dev.usher.instance.Instance;
import dev.usher.organization.ActiveOrganizations;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions as servers see and change them: of the whole instance, on whatever client. */
public final class ServerSessions {
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final Store store;
    private final Sessions sessions;

    public ServerSessions(Store store, Sessions sessions) {
        this.store = store;
        this.sessions = sessions;
    }

    /** Which sessions are asked for; whatever is absent is not asked about. */
    public record Filter(Optional<String> clientId, Optional<String> userId, Optional<SessionStatus> status) {}

    /** A part of a list, and how long the whole is. */
    public record Found(List<Session> sessions, long totalCount) {}

    /** The newest first. */
    public Found list(Exchange exchange, Filter filter, Paging paging) {
        return store.read(tx -> {
            List<Session> found = SessionSearch.list(tx, Instance.of(exchange), filter, paging, exchange.now()).stream()
                    .map(session -> sessions.asOfNow(exchange, session))
                    .toList();
            return new Found(found, SessionSearch.count(tx, Instance.of(exchange), filter, exchange.now()));
        });
    }

    /** The sessions of a client that it was not taken away from, the newest first, at most so many. */
    public List<Session> ofClient(Tx tx, Exchange exchange, String clientId, int limit) {
        return SessionSearch.ofClient(tx, Instance.of(exchange), clientId, limit).stream()
                .map(session -> sessions.asOfNow(exchange, session))
                .toList();
    }

    public Session get(Exchange exchange, String sessionId) {
        return store.read(tx -> get(tx, exchange, sessionId));
    }

    private Session get(Tx tx, Exchange exchange, String sessionId) {
        return sessions.ofInstance(tx, exchange, sessionId).orElseThrow(() -> Errors.notFound("session", sessionId));
    }

    /** Revokes an open session; one that is over stays as it is. */
    public Session revoke(Exchange exchange, String sessionId) {
        return store.write(tx -> {
            sessions.revoke(tx, get(tx, exchange, sessionId), exchange.now());
            return get(tx, exchange, sessionId);
        });
    }

    /** Opens a session for a user without any proof, on a client that nobody holds.
     *
     * @param organization the id of the organization that is active, absent for what the instance's settings say
     */
    public Session open(WriteTx tx, Exchange exchange, String clientId, String userId, Optional<String> organization) {
        FactorAges unproved = new FactorAges(Optional.empty(), Optional.empty());
        Session made = sessions.open(tx, exchange, clientId, userId, Opening.of(unproved));
        organization.ifPresent(id -> {
            if (ActiveOrganizations.find(tx, made.instanceId(), userId, id).isEmpty())
                throw Errors.resourceOfFormNotFound("active_organization_id");
            SessionStore.activate(tx, made.id(), Optional.of(id), exchange.now());
        });
        return get(tx, exchange, made.id());
    }

    /** Moves the end of an open session's lifetime, to between 5 minutes and 10 years from now. */
    public Session expireAt(Exchange exchange, String sessionId, Instant expireAt) {
        Duration left = Duration.between(exchange.now(), expireAt);
        if (left.compareTo(SHORTEST) < 0 || left.compareTo(LONGEST) > 0)
            throw Errors.invalidValue("expire_at", "expire_at is between 5 minutes and 10 years from now.");
        return store.write(tx -> {
            Session session = get(tx, exchange, sessionId);
            if (!session.isOpenAt(exchange.now())) throw Errors.invalidSessionAction("update", sessionId);
            SessionStore.expireAt(tx, sessionId, expireAt, exchange.now());
            return get(tx, exchange, sessionId);
        });
    }

    /** An open session and its active organization, to mint for. */
    public Sessions.Mintable forMinting(Exchange exchange, String sessionId) {
        return store.read(tx -> {
            Session session = get(tx, exchange, sessionId);
            if (!session.isOpenAt(exchange.now())) throw Errors.notFound("session", sessionId);
            return new Sessions.Mintable(session, OrganizationChoice.active(tx, Instance.of(exchange), session));
        });
    }
}
