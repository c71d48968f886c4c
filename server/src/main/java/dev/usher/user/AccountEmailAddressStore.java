package dev.usher.user;

import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes of the table {@code email_address} that servers ask for. */
final class AccountEmailAddressStore {
    private AccountEmailAddressStore() {}

    /** The user whose address has this id. */
    static Optional<String> owner(Tx tx, String instanceId, String id) {
        return tx.query("select user_id from email_address where id = :id and instance_id = :instance")
                .bind("id", id)
                .bind("instance", instanceId)
                .mapTo(String.class)
                .findOne();
    }

    /** Whether somebody has proved to own the address, or has it reserved. */
    static boolean isClaimed(Tx tx, String instanceId, String address) {
        return tx.query("""
                select 1 from email_address
                where instance_id = :instance and lower(email_address) = :address
                    and (verified_at is not null or reserved)
                """)
                .bind("instance", instanceId)
                .bind("address", address)
                .mapTo(int.class)
                .findOne()
                .isPresent();
    }

    static void insert(
            WriteTx tx, String instanceId, String userId, String id, String address, Standing standing, Instant now) {
        tx.update("""
                insert into email_address (id, instance_id, user_id, email_address, verified_at, verification_strategy,
                    reserved, created_at, updated_at)
                values (:id, :instance, :user, :address, :verified_at, :strategy, :reserved, :now, :now)
                """)
                .bind("id", id)
                .bind("instance", instanceId)
                .bind("user", userId)
                .bind("address", address)
                .bind("verified_at", verifiedAt(standing, now))
                .bind("strategy", standing == Standing.VERIFIED ? "admin" : null)
                .bind("reserved", standing == Standing.RESERVED)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void setStanding(WriteTx tx, String userId, String id, Standing standing, Instant now) {
        tx.update("""
                update email_address set verified_at = :verified_at, verification_strategy = :strategy,
                    reserved = :reserved, updated_at = :now
                where id = :id and user_id = :user
                """)
                .bind("id", id)
                .bind("user", userId)
                .bind("verified_at", verifiedAt(standing, now))
                .bind("strategy", standing == Standing.VERIFIED ? "admin" : null)
                .bind("reserved", standing == Standing.RESERVED)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    private static @Nullable Long verifiedAt(Standing standing, Instant now) {
        return standing == Standing.VERIFIED ? now.toEpochMilli() : null;
    }

    static void setPrimary(WriteTx tx, String userId, Optional<String> id, Instant now) {
        tx.update("update user_account set primary_email_address_id = :email, updated_at = :now where id = :id")
                .bind("id", userId)
                .bind("email", id.orElse(null))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void delete(WriteTx tx, String userId, String id) {
        tx.update("delete from email_address where id = :id and user_id = :user")
                .bind("id", id)
                .bind("user", userId)
                .execute();
    }

    static void deleteAll(WriteTx tx, String userId) {
        tx.update("delete from email_address where user_id = :user")
                .bind("user", userId)
                .execute();
    }
}
