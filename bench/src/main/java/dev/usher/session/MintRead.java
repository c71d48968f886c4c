package dev.usher.session;

import dev.usher.base.Secret;
import dev.usher.http.AskedExchange;
import dev.usher.http.Exchange;
import dev.usher.instance.Instance;
import dev.usher.store.SqliteStore;
import dev.usher.store.WriteTx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The one read of the mint path, from a database file with one session in it. */
public final class MintRead implements AutoCloseable {
    private static final String ID = "0".repeat(27);
    private static final Secret SECRET = Secret.of("s".repeat(43));

    private final SqliteStore store;
    private final Exchange exchange;

    public MintRead(Path folder, Instance instance, Instant now) {
        store = SqliteStore.open(folder.resolve("parts.db"), 1, 16);
        store.change(tx -> insert(tx, instance.id(), now.toEpochMilli()));
        var cookie = Map.of("cookie", "__client=client_" + ID + "." + SECRET.reveal());
        exchange = AskedExchange.of(instance, cookie, now);
    }

    private static void insert(WriteTx tx, String instanceId, long now) {
        tx.update("""
                insert into instance (id, name, environment, frontend_api_host, created_at, updated_at)
                values (:id, 'parts', 'development', 'a.b', 0, 0)
                """).bind("id", instanceId).execute();
        tx.update("insert into user_account (id, instance_id, created_at, updated_at) values (:id, :instance, 0, 0)")
                .bind("id", "user_" + ID)
                .bind("instance", instanceId)
                .execute();
        tx.update("""
                insert into client (id, instance_id, secret_hash, secret_since, created_at, updated_at)
                values (:id, :instance, :hash, 0, 0, 0)
                """)
                .bind("id", "client_" + ID)
                .bind("instance", instanceId)
                .bind("hash", SECRET.hash())
                .execute();
        tx.update("""
                insert into session (id, instance_id, client_id, user_id, created_at, updated_at, expire_at, abandon_at,
                    last_active_at, activity_id, is_mobile)
                values (:id, :instance, :client, :user, :now, :now, :now + 1000000, :now + 1000000, :now, 'sess_activity', false)
                """)
                .bind("id", "sess_" + ID)
                .bind("instance", instanceId)
                .bind("client", "client_" + ID)
                .bind("user", "user_" + ID)
                .bind("now", now)
                .execute();
    }

    /** Finds the session by its cookie; the proof of the client is a part of it. */
    public Session session() {
        return store.glance(tx -> MintStore.find(tx, exchange, "sess_" + ID, Optional.empty()))
                .orElseThrow()
                .session();
    }

    @Override
    public void close() {
        store.close();
    }
}
