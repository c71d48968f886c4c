package dev.usher.organization;

import dev.usher.store.WriteTx;
import java.time.Instant;

/** Whoever keeps sessions learns here, in the same transaction, that an organization is active in them no longer. */
public interface MemberSessions {
    /** The user is no member any more. */
    void memberLeft(WriteTx tx, String organizationId, String userId, Instant now);

    /** The organization is about to go. */
    void organizationGoes(WriteTx tx, String organizationId, Instant now);
}
