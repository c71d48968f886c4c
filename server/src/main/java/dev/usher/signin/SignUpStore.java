package dev.usher.signin;

import dev.usher.base.Json;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Update;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code sign_up}. */
final class SignUpStore {
    private static final RowMapper<SignUp> SIGN_UP = (row, context) -> signUp(row);

    private SignUpStore() {}

    private static SignUp signUp(ResultSet row) throws SQLException {
        return new SignUp(
                row.getString("id"),
                row.getString("client_id"),
                Rows.maybeText(row, "email_address"),
                Rows.maybeInstant(row, "email_address_verified_at"),
                Rows.maybeText(row, "phone_number"),
                Rows.maybeInstant(row, "phone_number_verified_at"),
                Rows.maybeText(row, "first_name"),
                Rows.maybeText(row, "last_name"),
                Rows.maybeText(row, "password_hash"),
                (ObjectNode) Json.parse(row.getString("unsafe_metadata")),
                Rows.maybeText(row, "locale"),
                Rows.maybeText(row, "created_user_id"),
                Rows.maybeText(row, "created_session_id"),
                Rows.maybeText(row, "ticket_hash"),
                Rows.instant(row, "abandon_at"));
    }

    static Optional<SignUp> find(Tx tx, String clientId, String id) {
        return tx.query("select * from sign_up where id = :id and client_id = :client")
                .bind("id", id)
                .bind("client", clientId)
                .map(SIGN_UP)
                .findOne();
    }

    static Optional<SignUp> unfinished(Tx tx, String clientId, Instant now) {
        return tx.query("""
                select * from sign_up
                where client_id = :client and created_user_id is null and abandon_at > :now
                order by created_at desc, id desc limit 1
                """)
                .bind("client", clientId)
                .bind("now", now.toEpochMilli())
                .map(SIGN_UP)
                .findOne();
    }

    /** A client is in the middle of one sign-up at most: the new one drops those before it. */
    static void replace(WriteTx tx, String instanceId, SignUp made, Instant now) {
        tx.update("delete from sign_up where client_id = :client and created_user_id is null")
                .bind("client", made.clientId())
                .execute();
        Update insert = tx.update("""
                insert into sign_up (id, instance_id, client_id, email_address, email_address_verified_at, phone_number,
                    phone_number_verified_at, first_name, last_name, password_hash, unsafe_metadata, locale, ticket_hash,
                    abandon_at, created_at, updated_at)
                values (:id, :instance, :client, :email_address, :verified_at, :phone_number, :phone_verified_at, :first_name,
                    :last_name, :password_hash, :unsafe_metadata, :locale, :ticket_hash, :abandon_at, :now, :now)
                """).bind("instance", instanceId).bind("client", made.clientId());
        bound(insert, made, now).execute();
    }

    static void update(WriteTx tx, SignUp changed, Instant now) {
        Update update = tx.update("""
                update sign_up set email_address = :email_address, email_address_verified_at = :verified_at,
                    phone_number = :phone_number, phone_number_verified_at = :phone_verified_at,
                    first_name = :first_name, last_name = :last_name, password_hash = :password_hash,
                    unsafe_metadata = :unsafe_metadata, locale = :locale, ticket_hash = :ticket_hash,
                    abandon_at = :abandon_at, updated_at = :now
                where id = :id
                """);
        bound(update, changed, now).execute();
    }

    private static Update bound(Update statement, SignUp signUp, Instant now) {
        return statement
                .bind("id", signUp.id())
                .bind("email_address", signUp.emailAddress().orElse(null))
                .bind("verified_at", Rows.millis(signUp.emailAddressVerifiedAt()))
                .bind("phone_number", signUp.phoneNumber().orElse(null))
                .bind("phone_verified_at", Rows.millis(signUp.phoneNumberVerifiedAt()))
                .bind("first_name", signUp.firstName().orElse(null))
                .bind("last_name", signUp.lastName().orElse(null))
                .bind("password_hash", signUp.passwordHash().orElse(null))
                .bind("unsafe_metadata", Json.text(signUp.unsafeMetadata()))
                .bind("locale", signUp.locale().orElse(null))
                .bind("ticket_hash", signUp.ticketHash().orElse(null))
                .bind("abandon_at", signUp.abandonAt().toEpochMilli())
                .bind("now", now.toEpochMilli());
    }

    /** Finishes an attempt that is not finished; of several at once, one does. */
    static boolean complete(WriteTx tx, String id, String userId, String sessionId, Instant now) {
        return tx.update("""
                        update sign_up set created_user_id = :user, created_session_id = :session, updated_at = :now
                        where id = :id and created_user_id is null
                        """)
                        .bind("id", id)
                        .bind("user", userId)
                        .bind("session", sessionId)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static int sweep(WriteTx tx, Instant now, int limit) {
        return tx.update("""
                        delete from sign_up where abandon_at < :now
                            and id in (select id from sign_up where abandon_at < :now limit :limit)
                        """)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }
}
