package dev.usher.session;

import dev.usher.base.Ids;
import dev.usher.http.Caller;
import dev.usher.http.Callers;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Refusal;
import dev.usher.instance.Instance;
import dev.usher.organization.ActiveOrganization;
import dev.usher.organization.ActiveOrganizations;
import dev.usher.organization.MemberSessions;
import dev.usher.organization.Membership;
import dev.usher.store.Change;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.Duties;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens, finds, touches and closes sessions. A session of another client is not found, like one that never was. */
public final class Sessions implements MemberSessions, Duties {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final int MOST_LISTED = 500;
    private static final Duration TOLD_UNTIL = Duration.ofDays(1);
    private static final Duration KEPT_DEAD = Duration.ofDays(90);

    private final Store store;
    private final Callers callers;
    private final ClientState clients;
    private final Users users;
    private final UserAgents userAgents;
    private final ActivityLog activityLog;
    private final Ids ids;

    public Sessions(
            Store store,
            Callers callers,
            ClientState clients,
            Users users,
            UserAgents userAgents,
            ActivityLog activityLog,
            Ids ids) {
        this.store = store;
        this.callers = callers;
        this.clients = clients;
        this.users = users;
        this.userAgents = userAgents;
        this.activityLog = activityLog;
        this.ids = ids;
    }

    /** A session with its user and what the user belongs to, ready to be shown. */
    public record Shown(Session session, User user, List<Membership> memberships) {
        /** The organization that is active in the session. */
        public Optional<ActiveOrganization> organization() {
            return memberships.stream()
                    .filter(one -> session.lastActiveOrganizationId()
                            .filter(one.organization().id()::equals)
                            .isPresent())
                    .findFirst()
                    .map(Membership::active);
        }
    }

    /** A session and the organization that a token of it is for. */
    public record Mintable(Session session, Optional<ActiveOrganization> organization) {}

    /**
     * Opens a session for a user who has proved who they are. An open one of the same user on the same client
     * is replaced by it. Where there are as many as may be, the oldest is revoked or the new one is refused.
     */
    public Session open(WriteTx tx, Exchange exchange, String clientId, String userId, Opening opening) {
        Instance instance = Instance.of(exchange);
        Instant now = exchange.now();
        User user = users.find(tx, instance, userId).orElseThrow(Errors::authenticationInvalid);
        openOfClient(tx, clientId, now).stream()
                .filter(older -> older.userId().equals(userId))
                .forEach(older -> SessionStore.close(tx, older.id(), SessionStatus.REPLACED, now));
        boolean byActor = opening.impersonation().isPresent();
        makeRoomOnClient(tx, instance, clientId, now);
        makeRoomOfUser(tx, instance, userId, byActor, now);
        Session made = new Session(
                ids.next("sess", now),
                instance.id(),
                clientId,
                userId,
                now,
                now,
                now,
                Deadlines.of(instance.settings().lifetimes(), opening.impersonation(), now),
                Optional.empty(),
                opening.factorAges(),
                OrganizationChoice.atStart(tx, instance, userId, opening.organizationId()),
                userAgents.activity(exchange),
                opening.impersonation().map(Opening.Impersonation::actor),
                SessionTasks.atStart(instance, user, opening),
                List.of());
        SessionStore.insert(tx, made);
        return made;
    }

    /** Refuses what would be refused in the end: one more session on a client where none gives way. */
    public void requireRoomOnClient(Tx tx, Exchange exchange, String clientId) {
        Instance instance = Instance.of(exchange);
        if (SessionLimits.limits(instance).refusesNewest())
            SessionLimits.surplusOfClient(instance, openOfClient(tx, clientId, exchange.now()));
    }

    private void makeRoomOnClient(WriteTx tx, Instance instance, String clientId, Instant now) {
        if (SessionLimits.limits(instance).perClient() == 0) return;
        SessionLimits.surplusOfClient(instance, openOfClient(tx, clientId, now))
                .forEach(session -> giveWay(tx, session, now));
    }

    /** Whoever opens a session holds the user: openings go one after the other, and each counts those before it. */
    private void makeRoomOfUser(WriteTx tx, Instance instance, String userId, boolean byActor, Instant now) {
        if (SessionLimits.limits(instance).perUser() == 0) return;
        List<Session> open = SessionStore.unclosedOfUser(tx, instance.id(), userId).stream()
                .map(activityLog::withPending)
                .filter(session -> session.isOpenAt(now))
                .toList();
        SessionLimits.surplusOfUser(instance, open, byActor).forEach(session -> giveWay(tx, session, now));
    }

    private void giveWay(WriteTx tx, Session session, Instant now) {
        if (!closes(tx, session, SessionStatus.REVOKED, now)) return;
        tx.afterCommit(() -> LOG.info("session {} of {} gave way to a newer one", session.id(), session.userId()));
    }

    /** The client's open sessions, in the order of their creation. */
    public List<Session> openOfClient(Tx tx, String clientId, Instant now) {
        return SessionStore.unclosedOfClient(tx, clientId).stream()
                .map(activityLog::withPending)
                .filter(session -> session.isOpenAt(now))
                .toList();
    }

    /** The open sessions that this caller may see. */
    public List<Session> openOf(Tx tx, Caller.Known caller, Instant now) {
        return openOfClient(tx, caller.clientId(), now).stream()
                .filter(session -> isVisible(session, caller))
                .toList();
    }

    private static boolean isVisible(Session session, Caller.Known caller) {
        return session.createdAt().isBefore(caller.sessionsBefore());
    }

    /** One session of the calling client, whatever its status. */
    Shown get(Exchange exchange, String sessionId) {
        return store.read(tx -> shown(tx, exchange, found(tx, exchange, sessionId)));
    }

    private Session found(Tx tx, Exchange exchange, String sessionId) {
        Caller.Known caller = callers.known(tx, exchange);
        return SessionStore.find(tx, caller.clientId(), sessionId)
                .map(session -> asOfNow(exchange, session))
                .filter(session -> isVisible(session, caller))
                .orElseThrow(() -> Errors.notFound("session", sessionId));
    }

    /** The session with what the database alone does not tell: activity not yet written, and the tasks that are due. */
    Session asOfNow(Exchange exchange, Session session) {
        return activityLog.withPending(session).withTasks(SessionTasks.due(Instance.of(exchange), session));
    }

    /** The session as it is to be shown. */
    public Shown shown(Tx tx, Exchange exchange, Session session) {
        return find(tx, exchange, session).orElseThrow(Errors::authenticationInvalid);
    }

    /** The session as it is to be shown; empty when its user is gone. */
    public Optional<Shown> find(Tx tx, Exchange exchange, Session session) {
        Instance instance = Instance.of(exchange);
        return users.find(tx, instance, session.userId())
                .map(user -> new Shown(
                        asOfNow(exchange, session),
                        user,
                        ActiveOrganizations.membershipsOf(tx, instance, user.id(), exchange.now())));
    }

    /**
     * Makes the session the client's active one and notes the activity. What is shown is read after the write, which all
     * others wait for where there is one writer.
     *
     * @param organization the id or the slug of the organization that is active from now on, an empty text for none, absent
     *     for no change
     */
    Shown touch(Exchange exchange, String sessionId, Optional<String> organization) {
        Instant now = exchange.now();
        store.change(tx -> {
            Session session = usable(tx, exchange, sessionId);
            SessionStore.touched(tx, session.id(), now);
            OrganizationChoice.wanted(Instance.of(exchange), organization)
                    .ifPresent(wanted -> activate(tx, session, wanted, now));
            clients.activated(tx, session.clientId(), session.id(), now);
        });
        return get(exchange, sessionId);
    }

    private static void activate(WriteTx tx, Session session, String wanted, Instant now) {
        Optional<String> chosen = OrganizationChoice.find(tx, session, wanted).map(ActiveOrganization::id);
        SessionStore.activate(tx, session.id(), chosen, now);
    }

    /** The session when tokens may be minted for it.
     *
     * @throws Refusal 401 for a session that is over and for a client without any, 404 for an id that is none of this
     *     client's, 403 for a banned user
     */
    public Session usable(Tx tx, Exchange exchange, String sessionId) {
        Caller.Known caller = callers.known(tx, exchange);
        Session session = SessionStore.find(tx, caller.clientId(), sessionId)
                .map(one -> asOfNow(exchange, one))
                .filter(one -> isVisible(one, caller))
                .orElseThrow(() -> missing(tx, caller, sessionId, exchange.now()));
        if (!session.isOpenAt(exchange.now())) throw Errors.authenticationInvalid();
        boolean isBanned =
                users.banned(tx, Instance.of(exchange), session.userId()).orElseThrow(Errors::authenticationInvalid);
        if (isBanned) throw Errors.userBanned();
        return session;
    }

    /**
     * SDKs sign out on 401 and not on 404: a client that has no open session at all learns that it is signed out, also when
     * the session it still believes in has gone with its account.
     */
    private Refusal missing(Tx tx, Caller.Known caller, String sessionId, Instant now) {
        return openOf(tx, caller, now).isEmpty() ? Errors.signedOut() : Errors.notFound("session", sessionId);
    }

    /**
     * The session to mint for and the organization that the token is for, in one round trip where all is well.
     *
     * @param organization the id or the slug of an organization, an empty text for the personal account, absent for the
     *     active one; the active one stays what it is
     * @param isActivity whether this request counts as the person being there
     */
    public Mintable forMinting(Exchange exchange, String sessionId, Optional<String> organization, boolean isActivity) {
        Optional<String> wanted = OrganizationChoice.wanted(Instance.of(exchange), organization);
        Mintable found = store.glance(tx -> MintStore.find(tx, exchange, sessionId, wanted))
                .map(one -> new Mintable(asOfNow(exchange, one.session()), one.organization()))
                .filter(one -> one.session().isOpenAt(exchange.now()))
                .filter(one ->
                        one.organization().isPresent() || wanted.orElse("").isEmpty())
                .orElseGet(() -> store.read(tx -> mintable(tx, exchange, sessionId, wanted)));
        if (isActivity) activityLog.note(found.session(), exchange.now());
        return found;
    }

    private Mintable mintable(Tx tx, Exchange exchange, String sessionId, Optional<String> wanted) {
        Session session = usable(tx, exchange, sessionId);
        return new Mintable(
                session,
                wanted.isPresent()
                        ? OrganizationChoice.find(tx, session, wanted.get())
                        : OrganizationChoice.active(tx, Instance.of(exchange), session));
    }

    /** The session that a caller goes on with: the client's active one, else the one used last; empty when signed out. */
    public Optional<Shown> goingOn(Tx tx, Exchange exchange, Caller.Known caller) {
        List<Session> open = openOf(tx, caller, exchange.now());
        return byId(open, clients.lastActiveSession(tx, caller.clientId()))
                .or(() -> open.stream().max(Comparator.comparing(Session::lastActiveAt)))
                .flatMap(session -> find(tx, exchange, session))
                .filter(shown -> !shown.user().banned());
    }

    /** The session with another organization active, named by id or slug, none by an empty text; as it was where that cannot be. */
    public Shown inOrganization(WriteTx tx, Exchange exchange, Shown shown, String wanted) {
        Session session = shown.session();
        Instance instance = Instance.of(exchange);
        if (!OrganizationChoice.isPossible(tx, instance, session, wanted)) return shown;
        activate(tx, session, wanted, exchange.now());
        return SessionStore.find(tx, session.clientId(), session.id())
                .flatMap(one -> find(tx, exchange, one))
                .orElse(shown);
    }

    /** A session of this instance, for whoever proved the right to it otherwise. */
    public Optional<Session> ofInstance(Tx tx, Exchange exchange, String sessionId) {
        return SessionStore.findOfInstance(tx, exchange.site().id(), sessionId)
                .map(session -> asOfNow(exchange, session));
    }

    /** A session of the instance with its tasks, whoever asks. */
    public Optional<Session> find(Tx tx, Instance instance, String sessionId) {
        return SessionStore.findOfInstance(tx, instance.id(), sessionId)
                .map(activityLog::withPending)
                .map(session -> session.withTasks(SessionTasks.due(instance, session)));
    }

    /** Notes sessions that have come to their end by themselves within the last day, each once; tells how many. */
    public int tellExpired(WriteTx tx, Instance instance, Instant now, int limit) {
        List<String> expired = SessionStore.expired(tx, instance.id(), now.minus(TOLD_UNTIL), now, limit);
        expired.forEach(id -> tx.note(new Change("session.expired", id)));
        return expired.size();
    }

    /** Notes that the session's person is there. */
    public void seen(Session session, Instant now) {
        activityLog.note(session, now);
    }

    /** Revokes a session; whether it was open until now. */
    public boolean revoke(WriteTx tx, Session session, Instant now) {
        return closes(tx, session, SessionStatus.REVOKED, now);
    }

    /** Closes one session of the calling client as ended or removed. */
    Shown close(Exchange exchange, String sessionId, SessionStatus as, String action) {
        return store.write(tx -> {
            Session session = found(tx, exchange, sessionId);
            if (!closes(tx, session, as, exchange.now())) throw Errors.invalidSessionAction(action, sessionId);
            return shown(tx, exchange, found(tx, exchange, sessionId));
        });
    }

    /** Whoever changes the sessions of a client holds the client, be it theirs or another of the same user. */
    private boolean closes(WriteTx tx, Session session, SessionStatus as, Instant now) {
        Optional<String> active = clients.lastActiveSession(tx, session.clientId());
        boolean wasEnded = session.statusAt(now) == SessionStatus.ENDED;
        if (wasEnded && as == SessionStatus.REMOVED) return SessionStore.removeEnded(tx, session.id(), now);
        if (!session.isOpenAt(now) || !SessionStore.close(tx, session.id(), as, now)) return false;
        settle(tx, session.clientId(), active, now);
        return true;
    }

    /** After a closing the client's active session is the one used last of those still open. */
    private void settle(WriteTx tx, String clientId, Optional<String> activeBefore, Instant now) {
        List<Session> left = openOfClient(tx, clientId, now);
        Optional<String> active = activeBefore
                .filter(id -> left.stream().anyMatch(session -> session.id().equals(id)))
                .or(() -> left.stream()
                        .max(Comparator.comparing(Session::lastActiveAt))
                        .map(Session::id));
        clients.sessionsChanged(tx, clientId, active, now);
    }

    /** Removes every open session of a client. */
    public void removeAll(WriteTx tx, String clientId, Instant now) {
        List<Session> open = openOfClient(tx, clientId, now);
        open.forEach(session -> SessionStore.close(tx, session.id(), SessionStatus.REMOVED, now));
        if (!open.isEmpty()) clients.sessionsChanged(tx, clientId, Optional.empty(), now);
    }

    /** Notes that factors were proved once more in a session. */
    public void proved(WriteTx tx, String sessionId, FactorAges proved, Instant now) {
        SessionStore.proved(tx, sessionId, proved, now);
    }

    /** Revokes every open session of a user but this one, on every client. */
    public void revokeOthersOf(WriteTx tx, Session current, Instant now) {
        SessionStore.ofUser(tx, current.instanceId(), current.userId(), Integer.MAX_VALUE).stream()
                .filter(session -> session.isOpenAt(now) && !session.id().equals(current.id()))
                .forEach(session -> closes(tx, session, SessionStatus.REVOKED, now));
    }

    /** Revokes every open session of a user, on every client. */
    public void revokeAllOf(WriteTx tx, Instance instance, String userId, Instant now) {
        users.hold(tx, userId);
        SessionStore.ofUser(tx, instance.id(), userId, Integer.MAX_VALUE).stream()
                .filter(session -> session.isOpenAt(now))
                .forEach(session -> closes(tx, session, SessionStatus.REVOKED, now));
    }

    @Override
    public void memberLeft(WriteTx tx, String organizationId, String userId, Instant now) {
        SessionStore.deactivate(tx, organizationId, Optional.of(userId), now);
    }

    @Override
    public void organizationGoes(WriteTx tx, String organizationId, Instant now) {
        SessionStore.deactivate(tx, organizationId, Optional.empty(), now);
    }

    @Override
    public void passwordReset(WriteTx tx, String userId, Instant now) {
        SessionStore.passwordReset(tx, userId, now);
    }

    @Override
    public void secondFactorSet(WriteTx tx, String userId, Instant now) {
        SessionStore.secondFactorSet(tx, userId, now);
    }

    /** The session that the request names as current, else the client's active one, else its first open one. */
    public Session current(Tx tx, Exchange exchange) {
        Caller.Known caller = callers.known(tx, exchange);
        List<Session> open = openOf(tx, caller, exchange.now());
        Optional<String> wanted = exchange.query("_clerk_session_id").filter(id -> !id.isEmpty());
        Optional<Session> session = wanted.isPresent()
                ? byId(open, wanted)
                : byId(open, clients.lastActiveSession(tx, caller.clientId()))
                        .or(() -> open.stream().findFirst());
        return session.map(one -> asOfNow(exchange, one)).orElseThrow(Errors::authenticationInvalid);
    }

    private static Optional<Session> byId(List<Session> sessions, Optional<String> id) {
        return id.flatMap(wanted ->
                sessions.stream().filter(one -> one.id().equals(wanted)).findFirst());
    }

    /** The signed-in user's sessions on every client, the newest first. */
    List<Session> ofCurrentUser(Exchange exchange) {
        return store.read(tx ->
                SessionStore.ofUser(
                                tx, exchange.site().id(), current(tx, exchange).userId(), MOST_LISTED)
                        .stream()
                        .map(session -> asOfNow(exchange, session))
                        .toList());
    }

    /** Closes another session of the signed-in user, on whatever client. */
    Shown revoke(Exchange exchange, String sessionId) {
        Instant now = exchange.now();
        return store.write(tx -> {
            Session current = current(tx, exchange);
            Session session = SessionStore.findOfUser(tx, exchange.site().id(), current.userId(), sessionId)
                    .map(one -> asOfNow(exchange, one))
                    .orElseThrow(() -> Errors.notFound("session", sessionId));
            FreshProof.require(exchange, current, shown(tx, exchange, current).user());
            boolean revokes = !session.id().equals(current.id()) && closes(tx, session, SessionStatus.REVOKED, now);
            if (!revokes) throw Errors.invalidSessionAction("revoke", sessionId);
            return shown(
                    tx,
                    exchange,
                    SessionStore.findOfUser(tx, exchange.site().id(), current.userId(), sessionId)
                            .orElse(session));
        });
    }

    /** Forgets sessions that have been dead for 90 days, at most so many; tells how many. */
    public int sweep(Instant now, int limit) {
        return store.write(tx -> SessionStore.sweep(tx, now.minus(KEPT_DEAD), limit));
    }
}
