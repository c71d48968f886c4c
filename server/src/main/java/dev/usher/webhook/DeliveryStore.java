package dev.usher.webhook;

import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** The tables {@code webhook_event} and {@code webhook_delivery}. */
final class DeliveryStore {
    private static final RowMapper<Event> EVENT = (row, context) -> new Event(
            row.getString("id"),
            row.getString("instance_id"),
            row.getString("type"),
            row.getLong("position"),
            row.getString("sealed_body"),
            Rows.instant(row, "created_at"));

    private static final RowMapper<Delivery> DELIVERY = (row, context) -> new Delivery(
            row.getString("event_id"),
            row.getString("endpoint_id"),
            row.getString("type"),
            row.getInt("attempts"),
            Rows.maybeInstant(row, "next_attempt_at"),
            Rows.maybeInstant(row, "attempted_at"),
            Rows.maybeInstant(row, "delivered_at"),
            Rows.maybeInstant(row, "given_up_at"),
            Rows.maybeNumber(row, "answer_status"),
            Rows.maybeText(row, "answer").orElse(""),
            Rows.instant(row, "created_at"));

    /** An event that is due, and when and how often it was tried. */
    record Due(Event event, int attempts, Instant dueAt) {}

    private DeliveryStore() {}

    static void insert(WriteTx tx, Event event) {
        tx.update("""
                insert into webhook_event (id, instance_id, type, position, sealed_body, created_at)
                values (:id, :instance, :type, :position, :body, :now)
                """)
                .bind("id", event.id())
                .bind("instance", event.instanceId())
                .bind("type", event.type())
                .bind("position", event.position())
                .bind("body", event.sealedBody())
                .bind("now", event.createdAt().toEpochMilli())
                .execute();
    }

    /** Sends it on its way, once more if it was on it before. */
    static void send(WriteTx tx, Event event, String endpointId, Instant now) {
        tx.update("""
                insert into webhook_delivery (event_id, endpoint_id, position, next_attempt_at, created_at)
                values (:event, :endpoint, :position, :now, :now)
                on conflict (event_id, endpoint_id) do update set attempts = 0, next_attempt_at = excluded.next_attempt_at,
                    delivered_at = null, given_up_at = null
                """)
                .bind("event", event.id())
                .bind("endpoint", endpointId)
                .bind("position", event.position())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** The next one for an endpoint, in the order of the events among those that are due at one time. */
    static Optional<Due> next(Tx tx, String endpointId, Instant now) {
        return tx.query("""
                select e.*, d.attempts, d.next_attempt_at from webhook_delivery d join webhook_event e on e.id = d.event_id
                where d.endpoint_id = :endpoint and d.next_attempt_at <= :now
                order by d.next_attempt_at, d.position limit 1
                """)
                .bind("endpoint", endpointId)
                .bind("now", now.toEpochMilli())
                .map((row, context) ->
                        new Due(EVENT.map(row, context), row.getInt("attempts"), Rows.instant(row, "next_attempt_at")))
                .findOne();
    }

    /** Takes it for one try until the instant; of several nodes that see it, one gets it. */
    static boolean claim(WriteTx tx, Due due, String endpointId, Instant until, Instant now) {
        return tx.update("""
                        update webhook_delivery set attempts = attempts + 1, attempted_at = :now, next_attempt_at = :until
                        where event_id = :event and endpoint_id = :endpoint and next_attempt_at = :due
                        """)
                        .bind("event", due.event().id())
                        .bind("endpoint", endpointId)
                        .bind("due", due.dueAt().toEpochMilli())
                        .bind("until", until.toEpochMilli())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static void delivered(WriteTx tx, String eventId, String endpointId, Answer answer, Instant now) {
        tx.update("""
                update webhook_delivery set delivered_at = :now, next_attempt_at = null, answer_status = :status,
                    answer = :answer
                where event_id = :event and endpoint_id = :endpoint
                """)
                .bind("event", eventId)
                .bind("endpoint", endpointId)
                .bind("status", answer.status().orElse(null))
                .bind("answer", answer.text())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Not taken: it is tried again then, or never when there is no next time. */
    static void failed(
            WriteTx tx, String eventId, String endpointId, Answer answer, Optional<Instant> next, Instant now) {
        tx.update("""
                update webhook_delivery set next_attempt_at = :next, given_up_at = :given_up, answer_status = :status,
                    answer = :answer
                where event_id = :event and endpoint_id = :endpoint and next_attempt_at is not null
                """)
                .bind("event", eventId)
                .bind("endpoint", endpointId)
                .bind("next", Rows.millis(next))
                .bind("given_up", next.isPresent() ? null : now.toEpochMilli())
                .bind("status", answer.status().orElse(null))
                .bind("answer", answer.text())
                .execute();
    }

    static void giveUpAll(WriteTx tx, String endpointId, Instant now) {
        tx.update("""
                update webhook_delivery set next_attempt_at = null, given_up_at = :now
                where endpoint_id = :endpoint and next_attempt_at is not null
                """)
                .bind("endpoint", endpointId)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static Optional<Event> event(Tx tx, String instanceId, String id) {
        return tx.query("select * from webhook_event where id = :id and instance_id = :instance")
                .bind("id", id)
                .bind("instance", instanceId)
                .map(EVENT)
                .findOne();
    }

    /** Events since the instant; without those that the endpoint has taken, unless they are wanted too. */
    static List<Event> since(Tx tx, Endpoint endpoint, Instant since, boolean takenToo) {
        return tx.query("""
                select e.* from webhook_event e
                    left join webhook_delivery d on d.event_id = e.id and d.endpoint_id = :endpoint
                where e.instance_id = :instance and e.created_at >= :since
                    and (:taken_too or (d.delivered_at is null and d.next_attempt_at is null))
                order by e.created_at, e.position
                """)
                .bind("endpoint", endpoint.id())
                .bind("instance", endpoint.instanceId())
                .bind("since", since.toEpochMilli())
                .bind("taken_too", takenToo)
                .map(EVENT)
                .list();
    }

    /** The newest first. */
    static List<Delivery> newest(Tx tx, String instanceId, Optional<String> endpointId, int limit) {
        return tx.query("""
                select d.*, e.type from webhook_delivery d join webhook_event e on e.id = d.event_id
                where e.instance_id = :instance and d.endpoint_id = coalesce(cast(:endpoint as text), d.endpoint_id)
                order by d.created_at desc, d.position desc limit :limit
                """)
                .bind("instance", instanceId)
                .bind("endpoint", endpointId.orElse(null))
                .bind("limit", limit)
                .map(DELIVERY)
                .list();
    }

    /** Forgets events from before the instant that are not on their way any more. */
    static int sweep(WriteTx tx, Instant before, int limit) {
        return tx.update("""
                delete from webhook_event where id in (
                    select e.id from webhook_event e where e.created_at < :before and not exists (
                        select 1 from webhook_delivery d where d.event_id = e.id and d.next_attempt_at is not null)
                    limit :limit)
                """)
                .bind("before", before.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }
}
