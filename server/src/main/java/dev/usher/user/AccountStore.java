package dev.usher.user;

import dev.usher.base.Json;
import dev.usher.store.Change;
import dev.usher.store.Rows;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes of the table {@code user_account} that servers ask for. */
final class AccountStore {
    private AccountStore() {}

    /** An account without any name, identifier or password. */
    static void insert(WriteTx tx, String instanceId, String userId, Instant now) {
        tx.update("""
                insert into user_account (id, instance_id, created_at, updated_at) values (:id, :instance, :now, :now)
                """)
                .bind("id", userId)
                .bind("instance", instanceId)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void update(WriteTx tx, User user, AccountChange change, Instant now) {
        tx.note(new Change("user.updated", user.id()));
        AccountTerms terms = user.terms();
        tx.update("""
                update user_account set first_name = :first_name, last_name = :last_name, locale = :locale,
                    created_at = :created_at, legal_accepted_at = :legal, delete_self_enabled = :delete_self,
                    create_organization_enabled = :create_organization, create_organizations_limit = :limit,
                    bypass_client_trust = :bypass, updated_at = :now
                where id = :id
                """)
                .bind("id", user.id())
                .bind("first_name", orNull(change.firstName().over(user.firstName())))
                .bind("last_name", orNull(change.lastName().over(user.lastName())))
                .bind("locale", orNull(change.locale().over(terms.locale())))
                .bind("created_at", change.createdAt().or(user.createdAt()).toEpochMilli())
                .bind("legal", Rows.millis(change.legalAcceptedAt().over(terms.legalAcceptedAt())))
                .bind(
                        "delete_self",
                        change.deleteSelf().over(terms.deleteSelf()).orElse(null))
                .bind(
                        "create_organization",
                        change.createOrganization()
                                .over(terms.createOrganization())
                                .orElse(null))
                .bind(
                        "limit",
                        change.createOrganizationsLimit()
                                .over(terms.createOrganizationsLimit())
                                .orElse(null))
                .bind("bypass", change.bypassClientTrust().or(terms.bypassClientTrust()))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void setUsername(WriteTx tx, String userId, Optional<String> username) {
        tx.update("update user_account set username = :username where id = :id")
                .bind("id", userId)
                .bind("username", orNull(username))
                .execute();
    }

    static void setExternalId(WriteTx tx, String userId, Optional<String> externalId) {
        tx.update("update user_account set external_id = :external where id = :id")
                .bind("id", userId)
                .bind("external", orNull(externalId))
                .execute();
    }

    private static @Nullable String orNull(Optional<String> text) {
        return text.filter(value -> !value.isEmpty()).orElse(null);
    }

    static void setMetadata(WriteTx tx, String userId, JsonNode open, JsonNode hidden, JsonNode unsafe, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update("""
                update user_account set public_metadata = :public, private_metadata = :private,
                    unsafe_metadata = :unsafe, updated_at = :now
                where id = :id
                """)
                .bind("id", userId)
                .bind("public", Json.text(open))
                .bind("private", Json.text(hidden))
                .bind("unsafe", Json.text(unsafe))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void setBanned(WriteTx tx, String userId, boolean banned, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update("update user_account set banned = :banned, updated_at = :now where id = :id")
                .bind("id", userId)
                .bind("banned", banned)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Locked until an instant, or until somebody unlocks; unlocked, attempts are counted anew. */
    static void setLock(WriteTx tx, String userId, boolean locked, Optional<Instant> until, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update("""
                update user_account set locked = :locked, locked_until = :until, failed_attempts = 0, updated_at = :now
                where id = :id
                """)
                .bind("id", userId)
                .bind("locked", locked)
                .bind("until", Rows.millis(until))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** A new password, or none, is not the compromised one. */
    static void setPassword(WriteTx tx, String userId, Optional<String> hash, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update("""
                update user_account set password_hash = :hash, password_updated_at = :since,
                    password_compromised = false, updated_at = :now
                where id = :id
                """)
                .bind("id", userId)
                .bind("hash", hash.orElse(null))
                .bind("since", hash.isPresent() ? now.toEpochMilli() : null)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void setCompromised(WriteTx tx, String userId, boolean compromised, Instant now) {
        tx.note(new Change("user.updated", userId));
        tx.update("update user_account set password_compromised = :compromised, updated_at = :now where id = :id")
                .bind("id", userId)
                .bind("compromised", compromised)
                .bind("now", now.toEpochMilli())
                .execute();
    }
}
