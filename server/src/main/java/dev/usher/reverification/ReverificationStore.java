package dev.usher.reverification;

import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The table {@code reverification}: at most one for each session, the newest. */
final class ReverificationStore {
    private ReverificationStore() {}

    static Optional<Reverification> find(Tx tx, String sessionId, Instant now) {
        return tx.query("select * from reverification where session_id = :session and expire_at > :now")
                .bind("session", sessionId)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> new Reverification(
                        row.getString("id"),
                        row.getString("session_id"),
                        row.getString("user_id"),
                        Level.ofWire(row.getString("level")),
                        proved(row, "first_factor", Rows.maybeText(row, "first_factor_identification_id")),
                        proved(row, "second_factor", Optional.empty()),
                        Rows.maybeInstant(row, "completed_at"),
                        Rows.instant(row, "expire_at")))
                .findOne();
    }

    private static Optional<Reverification.Proved> proved(
            ResultSet row, String factor, Optional<String> identificationId) throws SQLException {
        Optional<Instant> at = Rows.maybeInstant(row, factor + "_at");
        if (at.isEmpty()) return Optional.empty();
        String strategy = row.getString(factor + "_strategy");
        return Optional.of(new Reverification.Proved(strategy, identificationId, at.get()));
    }

    /** A new one takes the place of any before it. */
    static void replace(WriteTx tx, String instanceId, Reverification made, Instant now) {
        tx.update("delete from reverification where session_id = :session")
                .bind("session", made.sessionId())
                .execute();
        tx.update("""
                insert into reverification (id, instance_id, session_id, user_id, level, expire_at, created_at)
                values (:id, :instance, :session, :user, :level, :expire_at, :now)
                """)
                .bind("id", made.id())
                .bind("instance", instanceId)
                .bind("session", made.sessionId())
                .bind("user", made.userId())
                .bind("level", made.level().wire())
                .bind("expire_at", made.expireAt().toEpochMilli())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Notes the first factor; of several at once, one does. */
    static boolean firstProved(WriteTx tx, String id, Reverification.Proved proved) {
        return tx.update("""
                        update reverification set first_factor_at = :at, first_factor_strategy = :strategy,
                            first_factor_identification_id = :identification
                        where id = :id and first_factor_at is null and completed_at is null
                        """)
                        .bind("id", id)
                        .bind("at", proved.at().toEpochMilli())
                        .bind("strategy", proved.strategy())
                        .bind("identification", proved.identificationId().orElse(null))
                        .execute()
                == 1;
    }

    /** Notes the second factor; of several at once, one does. */
    static boolean secondProved(WriteTx tx, String id, Reverification.Proved proved) {
        return tx.update("""
                        update reverification set second_factor_at = :at, second_factor_strategy = :strategy
                        where id = :id and second_factor_at is null and completed_at is null
                        """)
                        .bind("id", id)
                        .bind("at", proved.at().toEpochMilli())
                        .bind("strategy", proved.strategy())
                        .execute()
                == 1;
    }

    static boolean complete(WriteTx tx, String id, Instant now) {
        return tx.update("update reverification set completed_at = :now where id = :id and completed_at is null")
                        .bind("id", id)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static int sweep(WriteTx tx, Instant expiredBefore) {
        return tx.update("delete from reverification where expire_at < :before")
                .bind("before", expiredBefore.toEpochMilli())
                .execute();
    }
}
