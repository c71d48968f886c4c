package dev.usher.user;

import dev.usher.store.Change;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables {@code email_address} and {@code phone_number} as servers change them: what both have has the same names. */
final class AccountIdentifierStore {
    private final Identifier.Kind kind;

    AccountIdentifierStore(Identifier.Kind kind) {
        this.kind = kind;
    }

    private String sql(String text) {
        return text.replace("{kind}", kind.field());
    }

    /** The user whose identifier has this id. */
    Optional<String> owner(Tx tx, String instanceId, String id) {
        return tx.query(sql("select user_id from {kind} where id = :id and instance_id = :instance"))
                .bind("id", id)
                .bind("instance", instanceId)
                .mapTo(String.class)
                .findOne();
    }

    void insert(WriteTx tx, String instanceId, String userId, String id, String text, Standing standing, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update(sql("""
                insert into {kind} (id, instance_id, user_id, {kind}, verified_at, verification_strategy, created_at,
                    updated_at)
                values (:id, :instance, :user, :text, :verified_at, :strategy, :now, :now)
                """))
                .bind("id", id)
                .bind("instance", instanceId)
                .bind("user", userId)
                .bind("text", text)
                .bind("verified_at", verifiedAt(standing, now))
                .bind("strategy", strategy(standing))
                .bind("now", now.toEpochMilli())
                .execute();
        if (standing == Standing.RESERVED) reserve(tx, userId, id, true);
    }

    void setStanding(WriteTx tx, String userId, String id, Standing standing, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update(sql("""
                update {kind} set verified_at = :verified_at, verification_strategy = :strategy, updated_at = :now
                where id = :id and user_id = :user
                """))
                .bind("id", id)
                .bind("user", userId)
                .bind("verified_at", verifiedAt(standing, now))
                .bind("strategy", strategy(standing))
                .bind("now", now.toEpochMilli())
                .execute();
        if (kind == Identifier.Kind.EMAIL_ADDRESS) reserve(tx, userId, id, standing == Standing.RESERVED);
    }

    /** Of the two kinds only an e-mail address can be reserved. */
    private static void reserve(WriteTx tx, String userId, String id, boolean reserved) {
        tx.update("update email_address set reserved = :reserved where id = :id and user_id = :user")
                .bind("id", id)
                .bind("user", userId)
                .bind("reserved", reserved)
                .execute();
    }

    private static @Nullable Long verifiedAt(Standing standing, Instant now) {
        return standing == Standing.VERIFIED ? now.toEpochMilli() : null;
    }

    private static @Nullable String strategy(Standing standing) {
        return standing == Standing.VERIFIED ? "admin" : null;
    }

    void setPrimary(WriteTx tx, String userId, Optional<String> id, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update(sql("update user_account set primary_{kind}_id = :primary, updated_at = :now where id = :id"))
                .bind("id", userId)
                .bind("primary", id.orElse(null))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void delete(WriteTx tx, String userId, String id) {
        tx.note(new Change("user.updated", userId));
        tx.update(sql("delete from {kind} where id = :id and user_id = :user"))
                .bind("id", id)
                .bind("user", userId)
                .execute();
    }

    void deleteAll(WriteTx tx, String userId) {
        tx.note(new Change("user.updated", userId));
        tx.update(sql("delete from {kind} where user_id = :user"))
                .bind("user", userId)
                .execute();
    }
}
