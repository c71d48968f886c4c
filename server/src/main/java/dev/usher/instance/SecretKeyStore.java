package dev.usher.instance;

import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code secret_key}. */
final class SecretKeyStore {
    private SecretKeyStore() {}

    /** The key of this instance behind a hash, revoked or not. */
    static Optional<SecretKey> byHash(Tx tx, String instanceId, String hash) {
        return tx.query("select * from secret_key where secret_hash = :hash and instance_id = :instance")
                .bind("hash", hash)
                .bind("instance", instanceId)
                .map((row, context) -> key(row))
                .findOne();
    }

    /** The instance that a key is of, revoked or not. */
    static Optional<String> instanceOf(Tx tx, String hash) {
        return tx.query("select instance_id from secret_key where secret_hash = :hash")
                .bind("hash", hash)
                .mapTo(String.class)
                .findOne();
    }

    static List<SecretKey> all(Tx tx, String instanceId) {
        return tx.query("select * from secret_key where instance_id = :instance order by created_at, id")
                .bind("instance", instanceId)
                .map((row, context) -> key(row))
                .list();
    }

    private static SecretKey key(ResultSet row) throws SQLException {
        return new SecretKey(
                row.getString("id"),
                row.getString("name"),
                row.getString("source").equals("declared"),
                Rows.instant(row, "created_at"),
                Rows.maybeInstant(row, "last_used_at"),
                Rows.maybeInstant(row, "revoked_at"));
    }

    /** The oldest valid key that was kept for showing it again, sealed. */
    static Optional<String> sealed(Tx tx, String instanceId) {
        return tx.query("""
                select sealed_secret from secret_key
                where instance_id = :instance and sealed_secret is not null and revoked_at is null
                order by created_at limit 1
                """).bind("instance", instanceId).mapTo(String.class).findOne();
    }

    static void insert(WriteTx tx, String instanceId, SecretKey key, String hash, @Nullable String sealed) {
        tx.update("""
                insert into secret_key (id, instance_id, name, source, secret_hash, sealed_secret, created_at)
                values (:id, :instance, :name, :source, :hash, :sealed, :now)
                """)
                .bind("id", key.id())
                .bind("instance", instanceId)
                .bind("name", key.name())
                .bind("source", key.isDeclared() ? "declared" : "made")
                .bind("hash", hash)
                .bind("sealed", sealed)
                .bind("now", key.createdAt().toEpochMilli())
                .execute();
    }

    static void used(WriteTx tx, String keyId, Instant now) {
        tx.update("update secret_key set last_used_at = :now where id = :id")
                .bind("id", keyId)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Whether a valid key was revoked. */
    static boolean revoke(WriteTx tx, String instanceId, String keyId, Instant now) {
        return tx.update("""
                update secret_key set revoked_at = :now
                where id = :id and instance_id = :instance and revoked_at is null
                """)
                        .bind("id", keyId)
                        .bind("instance", instanceId)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /** Revokes what the configuration declared before and no longer does. */
    static void revokeDeclaredBut(WriteTx tx, String instanceId, String declaredHash, Instant now) {
        tx.update("""
                update secret_key set revoked_at = :now
                where instance_id = :instance and source = 'declared' and secret_hash <> :hash and revoked_at is null
                """)
                .bind("instance", instanceId)
                .bind("hash", declaredHash)
                .bind("now", now.toEpochMilli())
                .execute();
    }
}
