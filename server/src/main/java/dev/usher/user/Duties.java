package dev.usher.user;

import dev.usher.store.WriteTx;
import java.time.Instant;

/** Whoever asks something of users before they count as signed in learns here, in the same transaction, that it is done. */
public interface Duties {
    /** The user's password is not the one any more that others know, or it is said to be known to nobody. */
    void passwordReset(WriteTx tx, String userId, Instant now);

    /** The user has a second factor. */
    void secondFactorSet(WriteTx tx, String userId, Instant now);
}
