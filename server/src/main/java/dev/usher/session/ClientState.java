package dev.usher.session;

import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;

/** What a client must learn when its sessions change. */
public interface ClientState {
    /** The session that the client used last. */
    Optional<String> lastActiveSession(Tx tx, String clientId);

    /** Another session is the client's active one now; nothing happens when it already was. */
    void activated(WriteTx tx, String clientId, String sessionId, Instant now);

    /** The set of open sessions changed, and this is the active one of those left. */
    void sessionsChanged(WriteTx tx, String clientId, Optional<String> activeSessionId, Instant now);
}
