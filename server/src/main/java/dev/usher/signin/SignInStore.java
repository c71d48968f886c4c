package dev.usher.signin;

import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table {@code sign_in}. */
final class SignInStore {
    private static final RowMapper<SignIn> SIGN_IN = (row, context) -> new SignIn(
            row.getString("id"),
            row.getString("client_id"),
            Rows.maybeText(row, "identifier"),
            Rows.maybeText(row, "user_id"),
            Rows.maybeText(row, "first_factor_strategy"),
            Rows.maybeText(row, "created_session_id"),
            Rows.instant(row, "abandon_at"));

    private SignInStore() {}

    static Optional<SignIn> find(Tx tx, String clientId, String id) {
        return tx.query("select * from sign_in where id = :id and client_id = :client")
                .bind("id", id)
                .bind("client", clientId)
                .map(SIGN_IN)
                .findOne();
    }

    static Optional<SignIn> unfinished(Tx tx, String clientId, Instant now) {
        return tx.query("""
                select * from sign_in
                where client_id = :client and created_session_id is null and abandon_at > :now
                order by created_at desc, id desc limit 1
                """)
                .bind("client", clientId)
                .bind("now", now.toEpochMilli())
                .map(SIGN_IN)
                .findOne();
    }

    /** A client is in the middle of one sign-in at most: the new one drops those before it. */
    static void replace(WriteTx tx, String instanceId, SignIn made, Instant now) {
        tx.update("delete from sign_in where client_id = :client and created_session_id is null")
                .bind("client", made.clientId())
                .execute();
        tx.update("""
                insert into sign_in (id, instance_id, client_id, identifier, user_id, abandon_at, created_at, updated_at)
                values (:id, :instance, :client, :identifier, :user, :abandon_at, :now, :now)
                """)
                .bind("id", made.id())
                .bind("instance", instanceId)
                .bind("client", made.clientId())
                .bind("identifier", made.identifier().orElse(null))
                .bind("user", made.userId().orElse(null))
                .bind("abandon_at", made.abandonAt().toEpochMilli())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Finishes an attempt that is not finished; of several at once, one does. */
    static boolean complete(WriteTx tx, String id, String sessionId, String strategy, Instant now) {
        return tx.update("""
                        update sign_in set created_session_id = :session, first_factor_strategy = :strategy, updated_at = :now
                        where id = :id and created_session_id is null
                        """)
                        .bind("id", id)
                        .bind("session", sessionId)
                        .bind("strategy", strategy)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static int sweep(WriteTx tx, Instant now, int limit) {
        return tx.update("""
                        delete from sign_in where abandon_at < :now
                            and id in (select id from sign_in where abandon_at < :now limit :limit)
                        """)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }
}
