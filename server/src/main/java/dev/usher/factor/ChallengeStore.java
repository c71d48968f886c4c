package dev.usher.factor;

import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;

/** The table {@code challenge}: at most one for each owner, the newest. */
final class ChallengeStore {
    private ChallengeStore() {}

    static Optional<Challenge> find(Tx tx, String ownerId) {
        return tx.query("select * from challenge where owner_id = :owner")
                .bind("owner", ownerId)
                .map((row, context) -> new Challenge(
                        row.getString("owner_id"),
                        row.getString("challenge"),
                        row.getString("options"),
                        row.getString("relying_party"),
                        Rows.instant(row, "expire_at"),
                        Rows.maybeInstant(row, "used_at")))
                .findOne();
    }

    static void replace(WriteTx tx, String instanceId, Challenge made, Instant now) {
        delete(tx, made.ownerId());
        tx.update("""
                insert into challenge (owner_id, instance_id, challenge, options, relying_party, expire_at, created_at)
                values (:owner, :instance, :challenge, :options, :relying_party, :expire_at, :now)
                """)
                .bind("owner", made.ownerId())
                .bind("instance", instanceId)
                .bind("challenge", made.challenge())
                .bind("options", made.options())
                .bind("relying_party", made.relyingParty())
                .bind("expire_at", made.expireAt().toEpochMilli())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** A challenge is answered once, rightly or wrongly. */
    static boolean use(WriteTx tx, String ownerId, Instant now) {
        return tx.update("""
                        update challenge set used_at = :now
                        where owner_id = :owner and used_at is null and expire_at > :now
                        """)
                        .bind("owner", ownerId)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static void delete(WriteTx tx, String ownerId) {
        tx.update("delete from challenge where owner_id = :owner")
                .bind("owner", ownerId)
                .execute();
    }

    static int sweep(WriteTx tx, Instant expiredBefore) {
        return tx.update("delete from challenge where expire_at < :before")
                .bind("before", expiredBefore.toEpochMilli())
                .execute();
    }
}
