package dev.usher.handshake;

import dev.usher.base.Secret;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;

/** The tables {@code refresh_token} and {@code exchanged_token}. */
final class RefreshTokenStore {
    /**
     * A refresh token as it is kept.
     *
     * @param spentFor the expired session token that it was spent for, when it was
     */
    record Kept(String origin, Optional<Instant> spentAt, Optional<String> spentFor) {}

    private RefreshTokenStore() {}

    static Optional<Kept> find(Tx tx, String instanceId, String sessionId, Secret token) {
        return tx.query("""
                select origin, spent_at, spent_for_jti from refresh_token
                where token_hash = :hash and instance_id = :instance and session_id = :session
                """)
                .bind("hash", token.hash())
                .bind("instance", instanceId)
                .bind("session", sessionId)
                .map((row, context) -> new Kept(
                        row.getString("origin"),
                        Rows.maybeInstant(row, "spent_at"),
                        Rows.maybeText(row, "spent_for_jti")))
                .findOne();
    }

    /** A new token takes the place of an unspent one for the same pages, which leads to nothing from now on. */
    static void insert(WriteTx tx, String instanceId, String sessionId, String origin, Secret token, Instant now) {
        tx.update("delete from refresh_token where session_id = :session and origin = :origin and spent_at is null")
                .bind("session", sessionId)
                .bind("origin", origin)
                .execute();
        tx.update("""
                insert into refresh_token (token_hash, instance_id, session_id, origin, created_at)
                values (:hash, :instance, :session, :origin, :now)
                """)
                .bind("hash", token.hash())
                .bind("instance", instanceId)
                .bind("session", sessionId)
                .bind("origin", origin)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Whether the token was unspent until now. */
    static boolean spend(WriteTx tx, String instanceId, Secret token, String jti, Instant now) {
        return tx.update("""
                update refresh_token set spent_at = :now, spent_for_jti = :jti
                where token_hash = :hash and instance_id = :instance and spent_at is null
                """)
                        .bind("hash", token.hash())
                        .bind("instance", instanceId)
                        .bind("jti", jti)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /** Whether the expired session token was not exchanged before. */
    static boolean exchange(WriteTx tx, String instanceId, String jti, Instant now) {
        return tx.update("""
                insert into exchanged_token (jti, instance_id, exchanged_at) values (:jti, :instance, :now)
                on conflict do nothing
                """)
                        .bind("jti", jti)
                        .bind("instance", instanceId)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static int sweep(WriteTx tx, Instant before) {
        int tokens = tx.update("delete from refresh_token where spent_at < :before")
                .bind("before", before.toEpochMilli())
                .execute();
        int exchanges = tx.update("delete from exchanged_token where exchanged_at < :before")
                .bind("before", before.toEpochMilli())
                .execute();
        return tokens + exchanges;
    }
}
