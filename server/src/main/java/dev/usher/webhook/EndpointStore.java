package dev.usher.webhook;

import dev.usher.base.Json;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import tools.jackson.databind.JsonNode;

/** The table {@code webhook_endpoint}. */
final class EndpointStore {
    private static final RowMapper<Endpoint> ROW = (row, context) -> new Endpoint(
            row.getString("id"),
            row.getString("instance_id"),
            row.getString("source").equals("declared"),
            row.getString("url"),
            Json.parse(row.getString("event_types"))
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList(),
            Rows.instant(row, "created_at"),
            Rows.maybeInstant(row, "failing_since"),
            Rows.maybeInstant(row, "disabled_at"),
            Rows.maybeText(row, "disabled_why").orElse(""),
            row.getString("sealed_secret"),
            Rows.maybeText(row, "sealed_former_secret"),
            Rows.maybeInstant(row, "former_secret_until"));

    private EndpointStore() {}

    static List<Endpoint> all(Tx tx) {
        return tx.query("select * from webhook_endpoint order by created_at, id")
                .map(ROW)
                .list();
    }

    static List<Endpoint> ofInstance(Tx tx, String instanceId) {
        return tx.query("select * from webhook_endpoint where instance_id = :instance order by created_at, id")
                .bind("instance", instanceId)
                .map(ROW)
                .list();
    }

    static Optional<Endpoint> find(Tx tx, String instanceId, String id) {
        return tx.query("select * from webhook_endpoint where id = :id and instance_id = :instance")
                .bind("id", id)
                .bind("instance", instanceId)
                .map(ROW)
                .findOne();
    }

    /** Enabled ones that something is due for. */
    static List<Endpoint> due(Tx tx, Instant now) {
        return tx.query("""
                select * from webhook_endpoint e where disabled_at is null and exists (
                    select 1 from webhook_delivery d where d.endpoint_id = e.id and d.next_attempt_at <= :now)
                """).bind("now", now.toEpochMilli()).map(ROW).list();
    }

    /** Whether there was none of that address. */
    static boolean insert(WriteTx tx, Endpoint made) {
        return tx.update("""
                insert into webhook_endpoint (id, instance_id, source, url, sealed_secret, event_types, created_at)
                values (:id, :instance, :source, :url, :secret, :types, :now)
                on conflict (instance_id, url) do nothing
                """)
                        .bind("id", made.id())
                        .bind("instance", made.instanceId())
                        .bind("source", made.isDeclared() ? "declared" : "made")
                        .bind("url", made.url())
                        .bind("secret", made.sealedSecret())
                        .bind("types", Json.text(Json.texts(made.eventTypes())))
                        .bind("now", made.createdAt().toEpochMilli())
                        .execute()
                == 1;
    }

    static void declare(WriteTx tx, String id, List<String> types) {
        tx.update("update webhook_endpoint set source = 'declared', event_types = :types where id = :id")
                .bind("id", id)
                .bind("types", Json.text(Json.texts(types)))
                .execute();
    }

    /** Another secret; the one before signs too until the instant. */
    static void setSecret(WriteTx tx, Endpoint endpoint, String sealed, Instant formerUntil) {
        tx.update("""
                update webhook_endpoint set sealed_secret = :secret, sealed_former_secret = :former,
                    former_secret_until = :until
                where id = :id
                """)
                .bind("id", endpoint.id())
                .bind("secret", sealed)
                .bind("former", endpoint.sealedSecret())
                .bind("until", formerUntil.toEpochMilli())
                .execute();
    }

    static boolean delete(WriteTx tx, String instanceId, String id) {
        return tx.update("delete from webhook_endpoint where id = :id and instance_id = :instance")
                        .bind("id", id)
                        .bind("instance", instanceId)
                        .execute()
                == 1;
    }

    static void works(WriteTx tx, String id) {
        tx.update("update webhook_endpoint set failing_since = null where id = :id and failing_since is not null")
                .bind("id", id)
                .execute();
    }

    /** Since when it fails. */
    static Instant fails(WriteTx tx, String id, Instant now) {
        return tx.query("""
                update webhook_endpoint set failing_since = coalesce(failing_since, :now) where id = :id
                returning failing_since
                """)
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli)
                .orElse(now);
    }

    static void disable(WriteTx tx, String id, String why, Instant now) {
        tx.update("""
                update webhook_endpoint set disabled_at = :now, disabled_why = :why
                where id = :id and disabled_at is null
                """)
                .bind("id", id)
                .bind("why", why)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static boolean enable(WriteTx tx, String instanceId, String id) {
        return tx.update("""
                        update webhook_endpoint set disabled_at = null, disabled_why = null, failing_since = null
                        where id = :id and instance_id = :instance
                        """).bind("id", id).bind("instance", instanceId).execute() == 1;
    }
}
