package dev.usher.handshake;

import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.client.Clients;
import dev.usher.http.Exchange;
import dev.usher.http.HandshakeErrors;
import dev.usher.http.Refusal;
import dev.usher.session.Session;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews expired session tokens for servers that hold a refresh token. Each refresh token works once and brings the next one.
 * A spent one that comes again with another expired token is in two hands, and ends the session; one that comes again with the
 * same expired token is a page's parallel request, and is merely refused.
 */
public final class Refreshes {
    private static final Logger LOG = LoggerFactory.getLogger(Refreshes.class);

    private final Store store;
    private final Clients clients;
    private final Sessions sessions;
    private final Randomness randomness;
    private final LongAdder reused = new LongAdder();

    public Refreshes(Store store, Clients clients, Sessions sessions, Randomness randomness) {
        this.store = store;
        this.clients = clients;
        this.sessions = sessions;
        this.randomness = randomness;
    }

    private sealed interface Outcome {}

    /** A fresh token may be minted. */
    record Renewed(Sessions.Shown shown, Secret refreshToken, Instant changedAt) implements Outcome {}

    private record Refused(Refusal refusal) implements Outcome {}

    /** Spends the refresh token and the expired one, and hands out the next refresh token.
     *
     * @throws Refusal that makes SDKs go on with a handshake
     */
    Renewed renew(Exchange exchange, ExpiredToken expired, Secret refreshToken) {
        // A value and not an exception, since the end of a session in two hands has to be kept.
        Outcome outcome = store.write(tx -> outcome(tx, exchange, expired, refreshToken));
        return switch (outcome) {
            case Renewed renewed -> renewed;
            case Refused refused -> throw refused.refusal();
        };
    }

    private Outcome outcome(WriteTx tx, Exchange exchange, ExpiredToken expired, Secret token) {
        Optional<Session> session = sessions.ofInstance(tx, exchange, expired.sessionId());
        if (session.isEmpty()) return new Refused(HandshakeErrors.refreshSessionNotFound());
        Optional<RefreshTokenStore.Kept> kept = RefreshTokenStore.find(
                        tx, exchange.site().id(), expired.sessionId(), token)
                .filter(one -> one.origin().equals(expired.origin()));
        if (kept.isEmpty()) return new Refused(HandshakeErrors.refreshTokenNotFound());
        if (!session.get().isOpenAt(exchange.now())) return new Refused(HandshakeErrors.refreshSessionInactive());
        if (kept.get().spentAt().isPresent()) return spentBefore(tx, exchange, session.get(), kept.get(), expired);
        return spend(tx, exchange, session.get(), expired, token);
    }

    private Outcome spentBefore(
            WriteTx tx, Exchange exchange, Session session, RefreshTokenStore.Kept kept, ExpiredToken expired) {
        boolean sameRequest = kept.spentFor().filter(expired.jti()::equals).isPresent();
        if (sameRequest) return new Refused(HandshakeErrors.expiredTokenConsumed());
        sessions.revoke(tx, session, exchange.now());
        tx.afterCommit(() -> report(session));
        return new Refused(HandshakeErrors.refreshTokenNotFound());
    }

    private void report(Session session) {
        reused.increment();
        LOG.warn(
                "session {} was ended: a refresh token of it was used again after it was spent ({} since the start)",
                session.id(),
                reused.sum());
    }

    private Outcome spend(WriteTx tx, Exchange exchange, Session session, ExpiredToken expired, Secret token) {
        Optional<Sessions.Shown> shown = sessions.find(tx, exchange, session);
        if (shown.isEmpty()) return new Refused(HandshakeErrors.refreshUserNotFound());
        if (shown.get().user().banned()) return new Refused(HandshakeErrors.refreshSessionInactive());
        String instanceId = exchange.site().id();
        Instant now = exchange.now();
        boolean isFirst = RefreshTokenStore.exchange(tx, instanceId, expired.jti(), now)
                && RefreshTokenStore.spend(tx, instanceId, token, expired.jti(), now);
        if (!isFirst) return new Refused(HandshakeErrors.expiredTokenConsumed());
        Secret next = randomness.secret();
        RefreshTokenStore.insert(tx, instanceId, session.id(), expired.origin(), next, now);
        Instant changedAt = clients.changedAt(tx, exchange, session.clientId()).orElse(now);
        return new Renewed(shown.get(), next, changedAt.isAfter(now) ? now : changedAt);
    }

    /** How often since the start a spent token came again and ended its session. */
    public long reused() {
        return reused.sum();
    }
}
