package dev.usher.instance;

import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;

/** The table {@code instance}. */
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

    static String changedSettings(Tx tx, String instanceId) {
        return tx.query("select changed_settings from instance where id = :id")
                .bind("id", instanceId)
                .mapTo(String.class)
                .one();
    }

    static void setChangedSettings(WriteTx tx, String instanceId, String json, Instant now) {
        tx.update("update instance set changed_settings = :json, updated_at = :now where id = :id")
                .bind("id", instanceId)
                .bind("json", json)
                .bind("now", now.toEpochMilli())
                .execute();
    }
}
