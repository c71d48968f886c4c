package dev.usher.user;

import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code email_address}. */
final class EmailAddressStore {
    private EmailAddressStore() {}

    /** The user who proved to own the address, or has it reserved. */
    static Optional<String> owner(Tx tx, String instanceId, String address) {
        return tx.query("""
                select user_id from email_address
                where instance_id = :instance and lower(email_address) = :address
                    and (verified_at is not null or reserved)
                """)
                .bind("instance", instanceId)
                .bind("address", address)
                .mapTo(String.class)
                .findOne();
    }

    static List<EmailAddress> ofUser(Tx tx, String userId) {
        return tx.query("select * from email_address where user_id = :user order by created_at, id")
                .bind("user", userId)
                .map((row, context) -> of(row))
                .list();
    }

    static Map<String, List<EmailAddress>> ofUsers(Tx tx, List<String> userIds) {
        return Rows.grouped(
                tx.query("select * from email_address where user_id in (<users>) order by created_at, id")
                        .bindList("users", userIds),
                "user_id",
                EmailAddressStore::of);
    }

    private static EmailAddress of(ResultSet row) throws SQLException {
        return new EmailAddress(
                row.getString("id"),
                row.getString("email_address"),
                Rows.maybeInstant(row, "verified_at"),
                Rows.maybeText(row, "verification_strategy"),
                row.getBoolean("reserved"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    static void insert(
            WriteTx tx, String instanceId, String userId, String id, String address, Proof proof, Instant now) {
        tx.update("""
                insert into email_address (id, instance_id, user_id, email_address, verified_at, verification_strategy,
                    created_at, updated_at)
                values (:id, :instance, :user, :address, :verified_at, :strategy, :now, :now)
                """)
                .bind("id", id)
                .bind("instance", instanceId)
                .bind("user", userId)
                .bind("address", address)
                .bind("verified_at", Rows.millis(proof.verifiedAt()))
                .bind("strategy", proof.strategy().orElse(null))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void verify(WriteTx tx, String userId, String id, String strategy, Instant now) {
        tx.update("""
                update email_address set verified_at = :now, verification_strategy = :strategy, updated_at = :now
                where id = :id and user_id = :user and verified_at is null
                """)
                .bind("id", id)
                .bind("user", userId)
                .bind("strategy", strategy)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void delete(WriteTx tx, String userId, String id) {
        tx.update("delete from email_address where id = :id and user_id = :user")
                .bind("id", id)
                .bind("user", userId)
                .execute();
    }
}
