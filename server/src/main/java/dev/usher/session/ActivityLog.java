package dev.usher.session;

import dev.usher.base.Unavailable;
import dev.usher.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Activity that is not yet written: minting notes it here, and one write every few seconds carries all of it to the
 * database. A crash loses those seconds of activity and nothing else.
 */
public final class ActivityLog {
    private static final Logger LOG = LoggerFactory.getLogger(ActivityLog.class);
    private static final Duration GRAIN = Duration.ofSeconds(15);

    private final Store store;
    private final Map<String, Instant> pending = new ConcurrentHashMap<>();

    public ActivityLog(Store store) {
        this.store = store;
    }

    /** Notes that the session was active, where that says more than is known already. */
    void note(Session session, Instant now) {
        if (now.isBefore(session.lastActiveAt().plus(GRAIN))) return;
        pending.merge(session.id(), now, (a, b) -> a.isAfter(b) ? a : b);
    }

    /** The session with the activity that the database does not know yet. */
    Session withPending(Session session) {
        Instant noted = pending.get(session.id());
        return noted == null ? session : session.activeAt(noted);
    }

    /** Writes what was noted since the last time, in an order that all nodes keep, so that none waits for another in a ring. */
    public void flush() {
        if (pending.isEmpty()) return;
        Map<String, Instant> taken = Map.copyOf(pending);
        try {
            store.change(tx -> new TreeMap<>(taken).forEach((id, at) -> SessionStore.active(tx, id, at)));
            taken.forEach(pending::remove);
        } catch (Unavailable e) {
            LOG.warn("activity of {} sessions has to wait: {}", taken.size(), e.getMessage());
        }
    }
}
