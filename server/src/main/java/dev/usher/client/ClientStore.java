package dev.usher.client;

import dev.usher.base.Secret;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** The tables {@code client} and {@code dev_browser}. */
final class ClientStore {
    private static final RowMapper<Client> CLIENT = (row, context) -> new Client(
            row.getString("id"),
            row.getString("secret_hash"),
            Rows.maybeText(row, "previous_secret_hash"),
            Rows.instant(row, "secret_since"),
            Rows.maybeInstant(row, "cookie_expires_at"),
            Rows.maybeText(row, "last_active_session_id"),
            Rows.maybeText(row, "last_authentication_strategy"),
            Rows.instant(row, "created_at"),
            Rows.instant(row, "updated_at"));

    /** A development browser and the client that it leads to, if any yet. */
    record DevBrowser(Optional<String> clientId) {}

    private ClientStore() {}

    static Optional<Client> find(Tx tx, String instanceId, String clientId) {
        return tx.held("select * from client where id = :id and instance_id = :instance")
                .bind("id", clientId)
                .bind("instance", instanceId)
                .map(CLIENT)
                .findOne();
    }

    /** The newest first. */
    static List<Client> list(Tx tx, String instanceId, int limit, int offset) {
        return tx.query("""
                select * from client where instance_id = :instance
                order by created_at desc, id desc limit :limit offset :offset
                """)
                .bind("instance", instanceId)
                .bind("limit", limit)
                .bind("offset", offset)
                .map(CLIENT)
                .list();
    }

    static long count(Tx tx, String instanceId) {
        return tx.query("select count(*) from client where instance_id = :instance")
                .bind("instance", instanceId)
                .mapTo(Long.class)
                .one();
    }

    /** Lets nobody else write about the client until this transaction ends, if it is one that writes. */
    static void hold(Tx tx, String clientId) {
        if (!(tx instanceof WriteTx)) return;
        tx.held("select id from client where id = :id")
                .bind("id", clientId)
                .mapTo(String.class)
                .findOne();
    }

    static void insert(
            WriteTx tx, String instanceId, String id, Secret secret, Optional<Instant> cookieExpiresAt, Instant now) {
        tx.update("""
                insert into client (id, instance_id, secret_hash, secret_since, cookie_expires_at, created_at, updated_at)
                values (:id, :instance, :hash, :now, :cookie_expires_at, :now, :now)
                """)
                .bind("id", id)
                .bind("instance", instanceId)
                .bind("hash", secret.hash())
                .bind("cookie_expires_at", Rows.millis(cookieExpiresAt))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void rotate(WriteTx tx, String id, Secret secret, Optional<Instant> cookieExpiresAt, Instant now) {
        tx.update("""
                update client set previous_secret_hash = secret_hash, secret_hash = :hash, secret_since = :now,
                    cookie_expires_at = :cookie_expires_at
                where id = :id
                """)
                .bind("id", id)
                .bind("hash", secret.hash())
                .bind("cookie_expires_at", Rows.millis(cookieExpiresAt))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void cookieRenewed(WriteTx tx, String id, Optional<Instant> cookieExpiresAt) {
        tx.update("update client set cookie_expires_at = :cookie_expires_at where id = :id")
                .bind("id", id)
                .bind("cookie_expires_at", Rows.millis(cookieExpiresAt))
                .execute();
    }

    static void signedIn(WriteTx tx, String id, String sessionId, String strategy, Instant now) {
        tx.update("""
                update client set last_active_session_id = :session, last_authentication_strategy = :strategy,
                    updated_at = :now
                where id = :id
                """)
                .bind("id", id)
                .bind("session", sessionId)
                .bind("strategy", strategy)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void activated(WriteTx tx, String id, String sessionId, Instant now) {
        tx.update("""
                update client set last_active_session_id = :session, updated_at = :now
                where id = :id and last_active_session_id is distinct from :session
                """)
                .bind("id", id)
                .bind("session", sessionId)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void sessionsChanged(WriteTx tx, String id, Optional<String> activeSessionId, Instant now) {
        tx.update("update client set last_active_session_id = :session, updated_at = :now where id = :id")
                .bind("id", id)
                .bind("session", activeSessionId.orElse(null))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** The client's record stays with its closed sessions; nothing leads to it any more. */
    static void retire(WriteTx tx, String id, Secret nobodyKnows, Instant now) {
        tx.update("""
                update client set secret_hash = :hash, previous_secret_hash = null, last_active_session_id = null,
                    updated_at = :now
                where id = :id
                """)
                .bind("id", id)
                .bind("hash", nobodyKnows.hash())
                .bind("now", now.toEpochMilli())
                .execute();
        tx.update("update dev_browser set client_id = null where client_id = :id")
                .bind("id", id)
                .execute();
    }

    static void insertDevBrowser(WriteTx tx, String instanceId, Secret token, Instant now) {
        tx.update("insert into dev_browser (token_hash, instance_id, created_at) values (:hash, :instance, :now)")
                .bind("hash", token.hash())
                .bind("instance", instanceId)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static Optional<DevBrowser> devBrowser(Tx tx, String instanceId, Secret token) {
        return tx.held("select client_id from dev_browser where token_hash = :hash and instance_id = :instance")
                .bind("hash", token.hash())
                .bind("instance", instanceId)
                .map((row, context) -> new DevBrowser(Rows.maybeText(row, "client_id")))
                .findOne();
    }

    static void linkDevBrowser(WriteTx tx, Secret token, String clientId) {
        tx.update("update dev_browser set client_id = :client where token_hash = :hash")
                .bind("hash", token.hash())
                .bind("client", clientId)
                .execute();
    }

    /**
     * Clients that never signed anybody in and are older than the instant. The age is asked twice: one that signs somebody in
     * meanwhile is looked at again, as it is then, and stays.
     */
    static int sweep(WriteTx tx, Instant createdBefore, int limit) {
        return tx.update("""
                delete from client where updated_at < :before and id in (
                    select c.id from client c
                    where c.updated_at < :before and not exists (select 1 from session s where s.client_id = c.id)
                    limit :limit)
                """)
                .bind("before", createdBefore.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }
}
