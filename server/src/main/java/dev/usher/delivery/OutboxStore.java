package dev.usher.delivery;

import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table {@code outbox}. */
final class OutboxStore {
    record Fresh(
            String id, String instanceId, Message message, String sealedSubject, String sealedBody, boolean kept) {}

    record Row(
            String id,
            Channel channel,
            String recipient,
            String sealedSubject,
            String sealedBody,
            int attempts,
            Instant notAfter,
            Instant createdAt,
            Optional<Instant> dueAt) {}

    private static final RowMapper<Row> ROW = (row, context) -> new Row(
            row.getString("id"),
            Channel.ofWire(row.getString("channel")),
            row.getString("recipient"),
            row.getString("subject"),
            row.getString("sealed_body"),
            row.getInt("attempts"),
            Rows.instant(row, "not_after"),
            Rows.instant(row, "created_at"),
            Rows.maybeInstant(row, "next_attempt_at"));

    private OutboxStore() {}

    static void insert(WriteTx tx, Fresh fresh, Instant now) {
        tx.update("""
                insert into outbox (id, instance_id, channel, recipient, subject, sealed_body, not_after, next_attempt_at,
                    delivered_at, created_at)
                values (:id, :instance, :channel, :recipient, :subject, :body, :not_after, :next, :delivered, :now)
                """)
                .bind("id", fresh.id())
                .bind("instance", fresh.instanceId())
                .bind("channel", fresh.message().channel().wire())
                .bind("recipient", fresh.message().recipient())
                .bind("subject", fresh.sealedSubject())
                .bind("body", fresh.sealedBody())
                .bind("not_after", fresh.message().notAfter().toEpochMilli())
                .bind("next", fresh.kept() ? null : now.toEpochMilli())
                .bind("delivered", fresh.kept() ? now.toEpochMilli() : null)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static List<Row> newest(Tx tx, String instanceId, Optional<String> recipient, int limit) {
        return tx.query("""
                select * from outbox
                where instance_id = :instance and (:recipient is null or recipient = :recipient)
                order by created_at desc, id desc limit :limit
                """)
                .bind("instance", instanceId)
                .bind("recipient", recipient.orElse(null))
                .bind("limit", limit)
                .map(ROW)
                .list();
    }

    static List<Row> due(Tx tx, Instant now, int limit) {
        return tx.query("select * from outbox where next_attempt_at <= :now order by next_attempt_at limit :limit")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map(ROW)
                .list();
    }

    /**
     * Takes a message that is due, for one try until the instant; of several couriers who see it, one gets it. Should this one
     * die with it, it is due again then.
     */
    static boolean claim(WriteTx tx, Row row, Instant until) {
        return tx.update("""
                        update outbox set next_attempt_at = :until, attempts = attempts + 1
                        where id = :id and next_attempt_at = :due
                        """)
                        .bind("id", row.id())
                        .bind("due", Rows.millis(row.dueAt()))
                        .bind("until", until.toEpochMilli())
                        .execute()
                == 1;
    }

    /** Delivered: subject and body, and with them the code, are forgotten. */
    static long waiting(Tx tx) {
        return tx.query("select count(*) from outbox where next_attempt_at is not null")
                .mapTo(Long.class)
                .one();
    }

    static void delivered(WriteTx tx, String id, Instant now) {
        tx.update("""
                update outbox set delivered_at = :now, next_attempt_at = null, subject = '', sealed_body = ''
                where id = :id
                """).bind("id", id).bind("now", now.toEpochMilli()).execute();
    }

    static void failed(WriteTx tx, String id, String error, Instant next) {
        tx.update("""
                update outbox set last_error = :error, next_attempt_at = :next
                where id = :id and next_attempt_at is not null
                """)
                .bind("id", id)
                .bind("error", error)
                .bind("next", next.toEpochMilli())
                .execute();
    }

    static void givenUp(WriteTx tx, String id, Instant now) {
        tx.update(
                        "update outbox set given_up_at = :now, next_attempt_at = null, subject = '', sealed_body = '' where id = :id")
                .bind("id", id)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static int sweep(WriteTx tx, Instant createdBefore) {
        return tx.update("delete from outbox where created_at < :before and next_attempt_at is null")
                .bind("before", createdBefore.toEpochMilli())
                .execute();
    }
}
