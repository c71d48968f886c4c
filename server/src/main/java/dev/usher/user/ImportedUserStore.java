package dev.usher.user;

import dev.usher.base.Json;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;

/** The table {@code user_account}, for users who come from another server. */
final class ImportedUserStore {
    static final String BY_EXTERNAL_ID =
            "select id from user_account where instance_id = :instance and external_id = :external";
    /** The last condition says nothing new, but lets SQLite use the index, which has only rows with a name. */
    static final String BY_USERNAME = """
            select id from user_account
            where instance_id = :instance and lower(username) = lower(:name) and username is not null
            """;

    private ImportedUserStore() {}

    static boolean exists(Tx tx, String instanceId, String userId) {
        return tx.query("select 1 from user_account where id = :id and instance_id = :instance")
                .bind("id", userId)
                .bind("instance", instanceId)
                .mapTo(int.class)
                .findOne()
                .isPresent();
    }

    static Optional<String> byExternalId(Tx tx, String instanceId, String externalId) {
        return tx.query(BY_EXTERNAL_ID)
                .bind("instance", instanceId)
                .bind("external", externalId)
                .mapTo(String.class)
                .findOne();
    }

    static Optional<String> byUsername(Tx tx, String instanceId, String username) {
        return tx.query(BY_USERNAME)
                .bind("instance", instanceId)
                .bind("name", username)
                .mapTo(String.class)
                .findOne();
    }

    /** False when the id is taken. */
    static boolean insert(WriteTx tx, String instanceId, String id, ImportedUser user, Instant created, Instant now) {
        return tx.update("""
                        insert into user_account (id, instance_id, external_id, username, first_name, last_name,
                            password_hash, password_updated_at, public_metadata, private_metadata, unsafe_metadata,
                            banned, last_sign_in_at, last_active_at, created_at, updated_at)
                        values (:id, :instance, :external, :username, :first_name, :last_name, :password_hash,
                            :password_updated_at, :public_metadata, :private_metadata, :unsafe_metadata, :banned,
                            :last_sign_in_at, :last_sign_in_at, :created, :now)
                        on conflict (id) do nothing
                        """)
                        .bind("id", id)
                        .bind("instance", instanceId)
                        .bind("external", user.externalId().orElse(null))
                        .bind("username", user.username().orElse(null))
                        .bind("first_name", user.firstName().orElse(null))
                        .bind("last_name", user.lastName().orElse(null))
                        .bind("password_hash", user.passwordHash().orElse(null))
                        .bind("password_updated_at", user.passwordHash().isPresent() ? now.toEpochMilli() : null)
                        .bind("public_metadata", Json.text(user.publicMetadata()))
                        .bind("private_metadata", Json.text(user.privateMetadata()))
                        .bind("unsafe_metadata", Json.text(user.unsafeMetadata()))
                        .bind("banned", user.banned())
                        .bind("last_sign_in_at", Rows.millis(user.lastSignInAt()))
                        .bind("created", created.toEpochMilli())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static void setPrimaryEmailAddress(WriteTx tx, String userId, String id) {
        tx.update("update user_account set primary_email_address_id = :email where id = :id")
                .bind("id", userId)
                .bind("email", id)
                .execute();
    }

    static void setPrimaryPhoneNumber(WriteTx tx, String userId, String id) {
        tx.update("update user_account set primary_phone_number_id = :phone where id = :id")
                .bind("id", userId)
                .bind("phone", id)
                .execute();
    }
}
