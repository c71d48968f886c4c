package dev.usher.factor;

import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tables {@code backup_code_set} and {@code backup_code}: one set for each user at most. */
final class BackupCodeStore {
    private BackupCodeStore() {}

    static Optional<BackupCodes.Kept> find(Tx tx, String userId) {
        return tx.query("select id, salt from backup_code_set where user_id = :user")
                .bind("user", userId)
                .map((row, context) -> {
                    String id = row.getString("id");
                    return new BackupCodes.Kept(id, row.getString("salt"), foreign(tx, id));
                })
                .findOne();
    }

    /** A colon stands in hashes that were made elsewhere, and in none of ours. */
    private static List<String> foreign(Tx tx, String setId) {
        return tx.query("""
                select code_hash from backup_code where set_id = :set and used_at is null and code_hash like '%:%'
                """).bind("set", setId).mapTo(String.class).list();
    }

    static void replace(WriteTx tx, String userId, BackupCodes.Made made) {
        delete(tx, userId);
        tx.update("insert into backup_code_set (id, user_id, salt, created_at) values (:id, :user, :salt, :now)")
                .bind("id", made.id())
                .bind("user", userId)
                .bind("salt", made.salt())
                .bind("now", made.createdAt().toEpochMilli())
                .execute();
        for (String hash : made.hashes())
            tx.update("insert into backup_code (set_id, code_hash) values (:set, :hash)")
                    .bind("set", made.id())
                    .bind("hash", hash)
                    .execute();
    }

    static boolean spend(WriteTx tx, String setId, String hash, Instant now) {
        return tx.update("""
                        update backup_code set used_at = :now
                        where set_id = :set and code_hash = :hash and used_at is null
                        """)
                        .bind("set", setId)
                        .bind("hash", hash)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static void delete(WriteTx tx, String userId) {
        tx.update("delete from backup_code_set where user_id = :user")
                .bind("user", userId)
                .execute();
    }
}
