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

/** The table {@code phone_number}. */
final class PhoneNumberStore {
    private PhoneNumberStore() {}

    /** The user who proved to own the number. */
    static Optional<String> owner(Tx tx, String instanceId, String number) {
        return tx.query("""
                select user_id from phone_number
                where instance_id = :instance and phone_number = :number and verified_at is not null
                """)
                .bind("instance", instanceId)
                .bind("number", number)
                .mapTo(String.class)
                .findOne();
    }

    static List<PhoneNumber> ofUser(Tx tx, String userId) {
        return tx.query("select * from phone_number where user_id = :user order by created_at, id")
                .bind("user", userId)
                .map((row, context) -> of(row))
                .list();
    }

    static Map<String, List<PhoneNumber>> ofUsers(Tx tx, List<String> userIds) {
        return Rows.grouped(
                tx.query("select * from phone_number where user_id in (<users>) order by created_at, id")
                        .bindList("users", userIds),
                "user_id",
                PhoneNumberStore::of);
    }

    private static PhoneNumber of(ResultSet row) throws SQLException {
        return new PhoneNumber(
                row.getString("id"),
                row.getString("phone_number"),
                Rows.maybeInstant(row, "verified_at"),
                Rows.maybeText(row, "verification_strategy"),
                row.getBoolean("reserved_for_second_factor"),
                row.getBoolean("default_second_factor"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    static void insert(
            WriteTx tx, String instanceId, String userId, String id, String number, Proof proof, Instant now) {
        tx.update("""
                insert into phone_number (id, instance_id, user_id, phone_number, verified_at, verification_strategy,
                    created_at, updated_at)
                values (:id, :instance, :user, :number, :verified_at, :strategy, :now, :now)
                """)
                .bind("id", id)
                .bind("instance", instanceId)
                .bind("user", userId)
                .bind("number", number)
                .bind("verified_at", Rows.millis(proof.verifiedAt()))
                .bind("strategy", proof.strategy().orElse(null))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void verify(WriteTx tx, String userId, String id, String strategy, Instant now) {
        tx.update("""
                update phone_number set verified_at = :now, verification_strategy = :strategy, updated_at = :now
                where id = :id and user_id = :user and verified_at is null
                """)
                .bind("id", id)
                .bind("user", userId)
                .bind("strategy", strategy)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void setUse(WriteTx tx, String userId, String id, boolean reserved, boolean byDefault, Instant now) {
        tx.update("""
                update phone_number set reserved_for_second_factor = :reserved, default_second_factor = :default,
                    updated_at = :now
                where id = :id and user_id = :user
                """)
                .bind("id", id)
                .bind("user", userId)
                .bind("reserved", reserved)
                .bind("default", byDefault)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** One number at most is offered first. */
    static void clearDefaults(WriteTx tx, String userId) {
        tx.update("update phone_number set default_second_factor = false where user_id = :user")
                .bind("user", userId)
                .execute();
    }

    static void delete(WriteTx tx, String userId, String id) {
        tx.update("delete from phone_number where id = :id and user_id = :user")
                .bind("id", id)
                .bind("user", userId)
                .execute();
    }
}
