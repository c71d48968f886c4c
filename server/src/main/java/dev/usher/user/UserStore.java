package dev.usher.user;

import dev.usher.base.Json;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The tables {@code user_account} and {@code email_address}. */
final class UserStore {
    private UserStore() {}

    static Optional<User> find(Tx tx, String instanceId, String userId) {
        return tx.held("select * from user_account where id = :id and instance_id = :instance")
                .bind("id", userId)
                .bind("instance", instanceId)
                .map((row, context) -> user(row, emailAddresses(tx, row.getString("id"))))
                .findOne();
    }

    static void hold(WriteTx tx, String userId) {
        tx.held("select id from user_account where id = :id")
                .bind("id", userId)
                .mapTo(String.class)
                .findOne();
    }

    /** The user who proved to own the address. */
    static Optional<String> idByEmailAddress(Tx tx, String instanceId, String address) {
        return tx.query("""
                select user_id from email_address
                where instance_id = :instance and lower(email_address) = :address and verified_at is not null
                """)
                .bind("instance", instanceId)
                .bind("address", address)
                .mapTo(String.class)
                .findOne();
    }

    private static List<EmailAddress> emailAddresses(Tx tx, String userId) {
        return tx.query("select * from email_address where user_id = :user order by created_at, id")
                .bind("user", userId)
                .map((row, context) -> new EmailAddress(
                        row.getString("id"),
                        row.getString("email_address"),
                        Rows.maybeInstant(row, "verified_at"),
                        Rows.maybeText(row, "verification_strategy"),
                        Rows.instant(row, "created_at"),
                        Rows.instant(row, "updated_at")))
                .list();
    }

    private static User user(ResultSet row, List<EmailAddress> emailAddresses) throws SQLException {
        return new User(
                row.getString("id"),
                Rows.maybeText(row, "username"),
                Rows.maybeText(row, "first_name"),
                Rows.maybeText(row, "last_name"),
                Rows.maybeText(row, "password_hash"),
                Rows.maybeInstant(row, "password_updated_at"),
                Rows.maybeText(row, "primary_email_address_id"),
                Rows.maybeText(row, "external_id"),
                Json.parse(row.getString("public_metadata")),
                Json.parse(row.getString("unsafe_metadata")),
                row.getBoolean("banned"),
                Rows.maybeInstant(row, "last_sign_in_at"),
                Rows.maybeInstant(row, "last_active_at"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                emailAddresses);
    }

    static void insert(WriteTx tx, String instanceId, Users.Registration registration, String userId, Instant now) {
        tx.update("""
                insert into user_account (id, instance_id, first_name, last_name, password_hash, password_updated_at,
                    unsafe_metadata, last_sign_in_at, last_active_at, created_at, updated_at)
                values (:id, :instance, :first_name, :last_name, :password_hash, :password_updated_at,
                    :unsafe_metadata, :now, :now, :now, :now)
                """)
                .bind("id", userId)
                .bind("instance", instanceId)
                .bind("first_name", registration.firstName().orElse(null))
                .bind("last_name", registration.lastName().orElse(null))
                .bind("password_hash", registration.passwordHash().orElse(null))
                .bind("password_updated_at", registration.passwordHash().isPresent() ? now.toEpochMilli() : null)
                .bind("unsafe_metadata", Json.text(registration.unsafeMetadata()))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void insertVerifiedEmailAddress(
            WriteTx tx, String instanceId, String userId, String id, String address, String strategy, Instant now) {
        tx.update("""
                insert into email_address (id, instance_id, user_id, email_address, verified_at, verification_strategy,
                    created_at, updated_at)
                values (:id, :instance, :user, :address, :now, :strategy, :now, :now)
                """)
                .bind("id", id)
                .bind("instance", instanceId)
                .bind("user", userId)
                .bind("address", address)
                .bind("strategy", strategy)
                .bind("now", now.toEpochMilli())
                .execute();
        setPrimaryEmailAddress(tx, userId, id, now);
    }

    static void setPrimaryEmailAddress(WriteTx tx, String userId, String emailAddressId, Instant now) {
        tx.update("update user_account set primary_email_address_id = :email, updated_at = :now where id = :id")
                .bind("id", userId)
                .bind("email", emailAddressId)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void setNames(
            WriteTx tx, String userId, Optional<String> firstName, Optional<String> lastName, Instant now) {
        tx.update("""
                update user_account set first_name = :first_name, last_name = :last_name, updated_at = :now
                where id = :id
                """)
                .bind("id", userId)
                .bind("first_name", firstName.orElse(null))
                .bind("last_name", lastName.orElse(null))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void setUnsafeMetadata(WriteTx tx, String userId, JsonNode metadata, Instant now) {
        tx.update("update user_account set unsafe_metadata = :metadata, updated_at = :now where id = :id")
                .bind("id", userId)
                .bind("metadata", Json.text(metadata))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void signedIn(WriteTx tx, String userId, Instant now) {
        tx.update("""
                update user_account set last_sign_in_at = :now, last_active_at = :now, updated_at = :now where id = :id
                """).bind("id", userId).bind("now", now.toEpochMilli()).execute();
    }

    static void delete(WriteTx tx, String instanceId, String userId) {
        tx.update("delete from user_account where id = :id and instance_id = :instance")
                .bind("id", userId)
                .bind("instance", instanceId)
                .execute();
    }
}
