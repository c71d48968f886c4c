package dev.usher.factor;

import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.Passkey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table {@code passkey}. */
final class PasskeyStore {
    private static final RowMapper<Passkeys.Kept> KEPT = (row, context) -> new Passkeys.Kept(
            row.getString("id"),
            row.getString("user_id"),
            row.getString("relying_party"),
            row.getString("credential_id"),
            new WebAuthn.Credential(
                    row.getString("credential_data"),
                    row.getLong("sign_count"),
                    row.getBoolean("backup_eligible"),
                    row.getBoolean("backed_up")));

    private PasskeyStore() {}

    static void insert(
            WriteTx tx, String instanceId, String userId, String id, String name, String relyingParty, Instant now) {
        tx.update("""
                insert into passkey (id, instance_id, user_id, name, relying_party, created_at, updated_at)
                values (:id, :instance, :user, :name, :relying_party, :now, :now)
                """)
                .bind("id", id)
                .bind("instance", instanceId)
                .bind("user", userId)
                .bind("name", name)
                .bind("relying_party", relyingParty)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Registrations that were begun and not finished give way to a new one. */
    static void deleteUnfinished(WriteTx tx, String userId) {
        tx.update("delete from passkey where user_id = :user and verified_at is null")
                .bind("user", userId)
                .execute();
    }

    static boolean verify(
            WriteTx tx,
            String id,
            String credentialId,
            WebAuthn.Credential credential,
            String transports,
            Instant now) {
        return tx.update("""
                        update passkey set credential_id = :credential_id, credential_data = :data, sign_count = :count,
                            backup_eligible = :eligible, backed_up = :backed_up, transports = :transports,
                            verified_at = :now, updated_at = :now
                        where id = :id and verified_at is null
                        """)
                        .bind("id", id)
                        .bind("credential_id", credentialId)
                        .bind("data", credential.data())
                        .bind("count", credential.signCount())
                        .bind("eligible", credential.backupEligible())
                        .bind("backed_up", credential.backedUp())
                        .bind("transports", transports)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static Optional<Passkeys.Kept> byCredential(Tx tx, String instanceId, String credentialId) {
        return tx.query("""
                select * from passkey
                where instance_id = :instance and credential_id = :credential and verified_at is not null
                """)
                .bind("instance", instanceId)
                .bind("credential", credentialId)
                .map(KEPT)
                .findOne();
    }

    static List<String> credentialIds(Tx tx, String userId) {
        return tx.query("select credential_id from passkey where user_id = :user and verified_at is not null")
                .bind("user", userId)
                .mapTo(String.class)
                .list();
    }

    /** Notes a use; a counter that somebody else has moved meanwhile refuses it. */
    static boolean used(WriteTx tx, Passkeys.Kept kept, long signCount, boolean backedUp, Instant now) {
        return tx.update("""
                        update passkey set sign_count = :count, backed_up = :backed_up, last_used_at = :now
                        where id = :id and sign_count = :before
                        """)
                        .bind("id", kept.id())
                        .bind("count", signCount)
                        .bind("backed_up", backedUp)
                        .bind("before", kept.credential().signCount())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static boolean rename(WriteTx tx, String userId, String id, String name, Instant now) {
        return tx.update("update passkey set name = :name, updated_at = :now where id = :id and user_id = :user")
                        .bind("id", id)
                        .bind("user", userId)
                        .bind("name", name)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static boolean delete(WriteTx tx, String userId, String id) {
        return tx.update("delete from passkey where id = :id and user_id = :user")
                        .bind("id", id)
                        .bind("user", userId)
                        .execute()
                == 1;
    }

    static Optional<Passkey> unfinished(Tx tx, String userId, String id) {
        return tx.query("select * from passkey where id = :id and user_id = :user and verified_at is null")
                .bind("id", id)
                .bind("user", userId)
                .map((row, context) -> new Passkey(
                        row.getString("id"),
                        row.getString("name"),
                        Optional.empty(),
                        Optional.empty(),
                        Rows.instant(row, "created_at"),
                        Rows.instant(row, "updated_at")))
                .findOne();
    }
}
