package dev.usher.factor;

import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;

/** The table {@code verification}: at most one for each owner, the newest. */
final class VerificationStore {
    private VerificationStore() {}

    static Optional<Verification> find(Tx tx, String ownerId) {
        return tx.held("select * from verification where owner_id = :owner")
                .bind("owner", ownerId)
                .map((row, context) -> new Verification(
                        row.getString("id"),
                        row.getString("strategy"),
                        Rows.maybeText(row, "identification_id"),
                        row.getString("code_hash"),
                        row.getInt("attempts"),
                        row.getInt("max_attempts"),
                        Rows.instant(row, "expire_at"),
                        Rows.maybeInstant(row, "verified_at"),
                        Rows.maybeText(row, "user_id"),
                        Rows.maybeText(row, "recipient"),
                        Rows.maybeText(row, "verified_at_client"),
                        Rows.instant(row, "created_at")))
                .findOne();
    }

    /** A new code voids the old one. */
    static void replace(WriteTx tx, String instanceId, String ownerId, Verification made) {
        delete(tx, ownerId);
        tx.update("""
                insert into verification (id, instance_id, owner_id, strategy, identification_id, code_hash, attempts,
                    max_attempts, expire_at, user_id, recipient, created_at)
                values (:id, :instance, :owner, :strategy, :identification, :hash, 0, :max_attempts, :expire_at, :user,
                    :recipient, :now)
                """)
                .bind("id", made.id())
                .bind("instance", instanceId)
                .bind("owner", ownerId)
                .bind("strategy", made.strategy())
                .bind("identification", made.identificationId().orElse(null))
                .bind("hash", made.codeHash())
                .bind("max_attempts", made.maxAttempts())
                .bind("expire_at", made.expireAt().toEpochMilli())
                .bind("user", made.userId().orElse(null))
                .bind("recipient", made.recipient().orElse(null))
                .bind("now", made.createdAt().toEpochMilli())
                .execute();
    }

    static void delete(WriteTx tx, String ownerId) {
        tx.update("delete from verification where owner_id = :owner")
                .bind("owner", ownerId)
                .execute();
    }

    /** Counts a try before anybody looks at the code. False when there is none to count. */
    static boolean countTry(WriteTx tx, String id, Instant now) {
        return tx.update("""
                        update verification set attempts = attempts + 1
                        where id = :id and attempts < max_attempts and verified_at is null and expire_at > :now
                        """).bind("id", id).bind("now", now.toEpochMilli()).execute() == 1;
    }

    /** Nobody has looked at the code that was counted. */
    static void giveBackTry(WriteTx tx, String id) {
        tx.update("update verification set attempts = attempts - 1 where id = :id and attempts > 0")
                .bind("id", id)
                .execute();
    }

    /** Spends the code. False when somebody else has. */
    static boolean spend(WriteTx tx, String id, Instant now) {
        return tx.update("update verification set verified_at = :now where id = :id and verified_at is null")
                        .bind("id", id)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /** Spends a link, which has to be the newest of its owner. False when somebody else has, and when it is too old. */
    static boolean spendLink(WriteTx tx, String id, Optional<String> clientId, Instant now) {
        return tx.update("""
                        update verification set verified_at = :now, verified_at_client = :client
                        where id = :id and verified_at is null and expire_at > :now
                        """)
                        .bind("id", id)
                        .bind("client", clientId.orElse(null))
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static int sweep(WriteTx tx, Instant expiredBefore) {
        return tx.update("delete from verification where expire_at < :before")
                .bind("before", expiredBefore.toEpochMilli())
                .execute();
    }
}
