package dev.usher.instance;

import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;

/** The tables {@code instance} and {@code secret_key}. */
final class InstanceStore {
    record Row(String id, String name, String environment, String frontendApiHost) {
        boolean isDevelopment() {
            return environment.equals("development");
        }
    }

    private InstanceStore() {}

    static Optional<Row> find(Tx tx, String name) {
        return tx.held("select id, name, environment, frontend_api_host from instance where name = :name")
                .bind("name", name)
                .map((row, context) -> new Row(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("environment"),
                        row.getString("frontend_api_host")))
                .findOne();
    }

    static void insert(WriteTx tx, Row row, Instant now) {
        tx.update("""
                insert into instance (id, name, environment, frontend_api_host, created_at, updated_at)
                values (:id, :name, :environment, :host, :now, :now)
                """)
                .bind("id", row.id())
                .bind("name", row.name())
                .bind("environment", row.environment())
                .bind("host", row.frontendApiHost())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static Optional<String> sealedSecretKey(Tx tx, String instanceId) {
        return tx.query("""
                select sealed_secret from secret_key
                where instance_id = :instance and sealed_secret is not null order by created_at limit 1
                """).bind("instance", instanceId).mapTo(String.class).findOne();
    }

    static void insertSecretKey(WriteTx tx, String id, String instanceId, String hash, String sealed, Instant now) {
        tx.update("""
                insert into secret_key (id, instance_id, secret_hash, sealed_secret, created_at)
                values (:id, :instance, :hash, :sealed, :now)
                """)
                .bind("id", id)
                .bind("instance", instanceId)
                .bind("hash", hash)
                .bind("sealed", sealed)
                .bind("now", now.toEpochMilli())
                .execute();
    }
}
