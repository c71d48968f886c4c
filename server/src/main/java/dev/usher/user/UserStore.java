package dev.usher.user;

import dev.usher.base.Json;
import dev.usher.store.Change;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The table {@code user_account}. */
final class UserStore {
    private UserStore() {}

    /** The user, by the same statements whether there is one or not. */
    static Optional<User> find(Tx tx, String instanceId, String userId) {
        hold(tx, userId);
        List<EmailAddress> emailAddresses = EmailAddressStore.ofUser(tx, userId);
        List<PhoneNumber> phoneNumbers = PhoneNumberStore.ofUser(tx, userId);
        List<Passkey> passkeys = passkeys(tx, userId);
        return tx.query("select * from user_account where id = :id and instance_id = :instance")
                .bind("id", userId)
                .bind("instance", instanceId)
                .map((row, context) -> user(row, emailAddresses, phoneNumbers, passkeys))
                .findOne();
    }

    /** Nobody else changes the user until this transaction ends, if it is one that writes. */
    static void hold(Tx tx, String userId) {
        if (!(tx instanceof WriteTx)) return;
        tx.held("select id from user_account where id = :id")
                .bind("id", userId)
                .mapTo(String.class)
                .findOne();
    }

    /** Whether the user is banned; held as by {@link #hold}. */
    static Optional<Boolean> banned(Tx tx, String instanceId, String userId) {
        return tx.held("select banned from user_account where id = :id and instance_id = :instance")
                .bind("id", userId)
                .bind("instance", instanceId)
                .mapTo(Boolean.class)
                .findOne();
    }

    /** Many users at once, in the order of their ids here. */
    static List<User> findAll(Tx tx, String instanceId, List<String> ids) {
        if (ids.isEmpty()) return List.of();
        Map<String, List<EmailAddress>> emailAddresses = EmailAddressStore.ofUsers(tx, ids);
        Map<String, List<PhoneNumber>> phoneNumbers = PhoneNumberStore.ofUsers(tx, ids);
        Map<String, List<Passkey>> passkeys = passkeys(tx, ids);
        Map<String, User> found = new HashMap<>();
        tx.query("select * from user_account where id in (<ids>) and instance_id = :instance")
                .bindList("ids", ids)
                .bind("instance", instanceId)
                .map((row, context) -> user(
                        row,
                        emailAddresses.getOrDefault(row.getString("id"), List.of()),
                        phoneNumbers.getOrDefault(row.getString("id"), List.of()),
                        passkeys.getOrDefault(row.getString("id"), List.of())))
                .forEach(user -> found.put(user.id(), user));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** The room of factors keeps these rows; here is what the person sees of them. */
    private static List<Passkey> passkeys(Tx tx, String userId) {
        return tx.query("""
                select id, name, verified_at, last_used_at, created_at, updated_at from passkey
                where user_id = :user and verified_at is not null order by created_at, id
                """)
                .bind("user", userId)
                .map((row, context) -> passkey(row))
                .list();
    }

    private static Map<String, List<Passkey>> passkeys(Tx tx, List<String> userIds) {
        return Rows.grouped(tx.query("""
                select user_id, id, name, verified_at, last_used_at, created_at, updated_at from passkey
                where user_id in (<users>) and verified_at is not null order by created_at, id
                """).bindList("users", userIds), "user_id", UserStore::passkey);
    }

    private static Passkey passkey(ResultSet row) throws SQLException {
        return new Passkey(
                row.getString("id"),
                row.getString("name"),
                Rows.maybeInstant(row, "verified_at"),
                Rows.maybeInstant(row, "last_used_at"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    private static User user(
            ResultSet row, List<EmailAddress> emailAddresses, List<PhoneNumber> phoneNumbers, List<Passkey> passkeys)
            throws SQLException {
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
                emailAddresses,
                Rows.maybeText(row, "primary_phone_number_id"),
                phoneNumbers,
                passkeys,
                secondFactors(row),
                new Lock(
                        row.getInt("failed_attempts"),
                        row.getBoolean("locked"),
                        Rows.maybeInstant(row, "locked_until")),
                terms(row),
                Rows.maybeText(row, "picture_id"));
    }

    private static SecondFactors secondFactors(ResultSet row) throws SQLException {
        return new SecondFactors(
                row.getBoolean("totp_enabled"),
                row.getBoolean("backup_codes_enabled"),
                Rows.maybeInstant(row, "mfa_enabled_at"),
                Rows.maybeInstant(row, "mfa_disabled_at"));
    }

    private static AccountTerms terms(ResultSet row) throws SQLException {
        return new AccountTerms(
                Json.parse(row.getString("private_metadata")),
                Rows.maybeText(row, "locale"),
                Rows.maybeInstant(row, "legal_accepted_at"),
                Rows.maybeFlag(row, "delete_self_enabled"),
                Rows.maybeFlag(row, "create_organization_enabled"),
                Rows.maybeNumber(row, "create_organizations_limit"),
                row.getBoolean("bypass_client_trust"),
                row.getBoolean("password_compromised"));
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

    static void setPrimaryEmailAddress(WriteTx tx, String userId, Optional<String> emailAddressId, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update("update user_account set primary_email_address_id = :email, updated_at = :now where id = :id")
                .bind("id", userId)
                .bind("email", emailAddressId.orElse(null))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void setPrimaryPhoneNumber(WriteTx tx, String userId, Optional<String> phoneNumberId, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update("update user_account set primary_phone_number_id = :phone, updated_at = :now where id = :id")
                .bind("id", userId)
                .bind("phone", phoneNumberId.orElse(null))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** The account looks different to its owner. */
    static void changed(WriteTx tx, String userId, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update("update user_account set updated_at = :now where id = :id")
                .bind("id", userId)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Another password, or none; the hash that was checked must still be the one that stands. */
    static boolean setPassword(
            WriteTx tx, String userId, Optional<String> checked, Optional<String> hash, Instant now) {
        tx.note(new Change("user.updated", userId));
        return tx.update("""
                        update user_account set password_hash = :hash, password_updated_at = :now,
                            password_compromised = false, updated_at = :now
                        where id = :id and password_hash is not distinct from :checked
                        """)
                        .bind("id", userId)
                        .bind("checked", checked.orElse(null))
                        .bind("hash", hash.orElse(null))
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /** The same password under a newer hash; nothing happens when it was changed meanwhile. */
    static void setPasswordHash(WriteTx tx, String userId, String checked, String hash) {
        tx.update("update user_account set password_hash = :hash where id = :id and password_hash = :checked")
                .bind("id", userId)
                .bind("checked", checked)
                .bind("hash", hash)
                .execute();
    }

    static void setSecondFactors(WriteTx tx, String userId, SecondFactors state, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update("""
                update user_account set totp_enabled = :totp, backup_codes_enabled = :backup_codes,
                    mfa_enabled_at = :enabled_at, mfa_disabled_at = :disabled_at, updated_at = :now
                where id = :id
                """)
                .bind("id", userId)
                .bind("totp", state.totp())
                .bind("backup_codes", state.backupCodes())
                .bind("enabled_at", Rows.millis(state.enabledAt()))
                .bind("disabled_at", Rows.millis(state.disabledAt()))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void setPicture(WriteTx tx, String userId, Optional<String> pictureId, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update("update user_account set picture_id = :picture, updated_at = :now where id = :id")
                .bind("id", userId)
                .bind("picture", pictureId.orElse(null))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void setNames(
            WriteTx tx, String userId, Optional<String> firstName, Optional<String> lastName, Instant now) {
        tx.note(new Change("user.updated", userId));
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

    static void setPublicMetadata(WriteTx tx, String userId, JsonNode metadata, Instant now) {
        tx.update("update user_account set public_metadata = :metadata, updated_at = :now where id = :id")
                .bind("id", userId)
                .bind("metadata", Json.text(metadata))
                .bind("now", now.toEpochMilli())
                .execute();
        tx.note(new Change("user.updated", userId));
    }

    static void setUnsafeMetadata(WriteTx tx, String userId, JsonNode metadata, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update("update user_account set unsafe_metadata = :metadata, updated_at = :now where id = :id")
                .bind("id", userId)
                .bind("metadata", Json.text(metadata))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void signedIn(WriteTx tx, String userId, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update("""
                update user_account set last_sign_in_at = :now, last_active_at = :now, updated_at = :now where id = :id
                """).bind("id", userId).bind("now", now.toEpochMilli()).execute();
    }

    static boolean changed(WriteTx tx, String instanceId, String userId, Instant now) {
        tx.note(new Change("user.updated", userId));
        return tx.update("update user_account set updated_at = :now where id = :id and instance_id = :instance")
                        .bind("id", userId)
                        .bind("instance", instanceId)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static void delete(WriteTx tx, String instanceId, String userId) {
        tx.update("delete from user_account where id = :id and instance_id = :instance")
                .bind("id", userId)
                .bind("instance", instanceId)
                .execute();
    }
}
