package dev.usher.signin;

import dev.usher.factor.Flow;
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
            Rows.maybeInstant(row, "first_factor_at"),
            Rows.maybeText(row, "first_factor_identification_id"),
            Rows.maybeText(row, "second_factor_strategy"),
            Rows.maybeText(row, "new_password_hash"),
            row.getBoolean("sign_out_of_other_sessions"),
            Rows.maybeText(row, "created_session_id"),
            Rows.maybeText(row, "ticket_hash"),
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
                insert into sign_in (id, instance_id, client_id, identifier, user_id, first_factor_strategy, abandon_at,
                    created_at, updated_at)
                values (:id, :instance, :client, :identifier, :user, :strategy, :abandon_at, :now, :now)
                """)
                .bind("id", made.id())
                .bind("instance", instanceId)
                .bind("client", made.clientId())
                .bind("identifier", made.identifier().orElse(null))
                .bind("user", made.userId().orElse(null))
                .bind("strategy", made.firstStrategy().orElse(null))
                .bind("abandon_at", made.abandonAt().toEpochMilli())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Notes the first factor once; the user is known from then on, also where a passkey told who it is. */
    static boolean firstProved(WriteTx tx, String id, String userId, Flow.Proof proof, Instant now) {
        return tx.update("""
                        update sign_in set user_id = :user, first_factor_strategy = :strategy,
                            first_factor_identification_id = :identification, first_factor_at = :now, updated_at = :now
                        where id = :id and first_factor_at is null and created_session_id is null
                        """)
                        .bind("id", id)
                        .bind("user", userId)
                        .bind("strategy", proof.strategy())
                        .bind("identification", proof.identificationId().orElse(null))
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /** Notes the ticket that was shown. */
    static void bring(WriteTx tx, String id, String ticketHash) {
        tx.update("update sign_in set ticket_hash = :hash where id = :id and created_session_id is null")
                .bind("id", id)
                .bind("hash", ticketHash)
                .execute();
    }

    static boolean secondProved(WriteTx tx, String id, String strategy, Instant now) {
        return tx.update("""
                        update sign_in set second_factor_strategy = :strategy, updated_at = :now
                        where id = :id and second_factor_strategy is null and created_session_id is null
                        """)
                        .bind("id", id)
                        .bind("strategy", strategy)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static boolean newPassword(WriteTx tx, String id, String hash, boolean signsOutOthers, Instant now) {
        return tx.update("""
                        update sign_in set new_password_hash = :hash, sign_out_of_other_sessions = :signs_out,
                            updated_at = :now
                        where id = :id and new_password_hash is null and created_session_id is null
                        """)
                        .bind("id", id)
                        .bind("hash", hash)
                        .bind("signs_out", signsOutOthers)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /** Finishes an attempt that is not finished; of several at once, one does. The new password is kept by the user now. */
    static boolean complete(WriteTx tx, String id, String sessionId, Instant now) {
        return tx.update("""
                        update sign_in set created_session_id = :session, new_password_hash = null, updated_at = :now
                        where id = :id and created_session_id is null
                        """)
                        .bind("id", id)
                        .bind("session", sessionId)
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
