package dev.usher.factor;

import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The table {@code totp}: one secret for each user at most. */
final class TotpStore {
    private TotpStore() {}

    static Optional<Totp.Kept> find(Tx tx, String userId, boolean verified) {
        return tx.query("""
                select id, sealed_secret, last_step from totp
                where user_id = :user and (verified_at is not null) = :verified
                """)
                .bind("user", userId)
                .bind("verified", verified)
                .map((row, context) -> {
                    long step = row.getLong("last_step");
                    OptionalLong last = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(step);
                    return new Totp.Kept(row.getString("id"), row.getString("sealed_secret"), last);
                })
                .findOne();
    }

    /** False when there is a verified secret, which stays. */
    static boolean replaceUnverified(WriteTx tx, String userId, String id, String sealedSecret, Instant now) {
        return tx.update("""
                        insert into totp (id, user_id, sealed_secret, created_at, updated_at)
                        values (:id, :user, :secret, :now, :now)
                        on conflict (user_id) do update set id = excluded.id, sealed_secret = excluded.sealed_secret,
                            last_step = null, created_at = excluded.created_at, updated_at = excluded.updated_at
                        where totp.verified_at is null
                        """)
                        .bind("id", id)
                        .bind("user", userId)
                        .bind("secret", sealedSecret)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static void insertVerified(WriteTx tx, String userId, String id, String sealedSecret, Instant now) {
        tx.update("""
                insert into totp (id, user_id, sealed_secret, verified_at, created_at, updated_at)
                values (:id, :user, :secret, :now, :now, :now)
                """)
                .bind("id", id)
                .bind("user", userId)
                .bind("secret", sealedSecret)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static boolean verify(WriteTx tx, String id, long step, Instant now) {
        return tx.update("""
                        update totp set verified_at = :now, last_step = :step, updated_at = :now
                        where id = :id and verified_at is null
                        """)
                        .bind("id", id)
                        .bind("step", step)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /** Steps are spent once and only forward. */
    static boolean advance(WriteTx tx, String id, long step, Instant now) {
        return tx.update("""
                        update totp set last_step = :step, updated_at = :now
                        where id = :id and verified_at is not null and (last_step is null or last_step < :step)
                        """)
                        .bind("id", id)
                        .bind("step", step)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static void delete(WriteTx tx, String userId) {
        tx.update("delete from totp where user_id = :user").bind("user", userId).execute();
    }
}
