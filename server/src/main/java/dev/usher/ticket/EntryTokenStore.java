package dev.usher.ticket;

import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table {@code entry_token}. */
final class EntryTokenStore {
    private static final RowMapper<EntryToken> TOKEN = (row, context) -> token(row);

    private EntryTokenStore() {}

    static Optional<EntryToken> byId(Tx tx, String instanceId, String id) {
        return tx.query("select * from entry_token where id = :id and instance_id = :instance")
                .bind("id", id)
                .bind("instance", instanceId)
                .map(TOKEN)
                .findOne();
    }

    static Optional<EntryToken> byTicket(Tx tx, String instanceId, String ticketHash) {
        return tx.query("select * from entry_token where ticket_hash = :hash and instance_id = :instance")
                .bind("hash", ticketHash)
                .bind("instance", instanceId)
                .map(TOKEN)
                .findOne();
    }

    private static EntryToken token(ResultSet row) throws SQLException {
        long length = row.getLong("session_length_ms");
        Optional<Duration> sessionLength = row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(length));
        return new EntryToken(
                row.getString("id"),
                row.getString("user_id"),
                EntryToken.Status.ofWire(row.getString("status")),
                Rows.maybeText(row, "actor"),
                sessionLength,
                Rows.maybeText(row, "organization_id"),
                Rows.instant(row, "expire_at"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    static void insert(WriteTx tx, String instanceId, EntryToken made, String ticketHash) {
        tx.update("""
                insert into entry_token (id, instance_id, user_id, ticket_hash, status, actor, session_length_ms,
                    organization_id, expire_at, created_at, updated_at)
                values (:id, :instance, :user, :hash, :status, :actor, :length, :organization, :expire_at, :now, :now)
                """)
                .bind("id", made.id())
                .bind("instance", instanceId)
                .bind("user", made.userId())
                .bind("hash", ticketHash)
                .bind("status", made.status().wire())
                .bind("actor", made.actor().orElse(null))
                .bind("length", made.sessionLength().map(Duration::toMillis).orElse(null))
                .bind("organization", made.organizationId().orElse(null))
                .bind("expire_at", made.expireAt().toEpochMilli())
                .bind("now", made.createdAt().toEpochMilli())
                .execute();
    }

    /** Uses one up that can still be used; of several at once, one does. */
    static boolean accept(WriteTx tx, String id, Instant now) {
        return tx.update("""
                        update entry_token set status = 'accepted', updated_at = :now
                        where id = :id and status = 'pending' and expire_at > :now
                        """).bind("id", id).bind("now", now.toEpochMilli()).execute() == 1;
    }

    static boolean revoke(WriteTx tx, String id, Instant now) {
        return tx.update("""
                        update entry_token set status = 'revoked', updated_at = :now
                        where id = :id and status = 'pending'
                        """).bind("id", id).bind("now", now.toEpochMilli()).execute() == 1;
    }

    static int sweep(WriteTx tx, Instant expiredBefore) {
        return tx.update("delete from entry_token where expire_at < :before")
                .bind("before", expiredBefore.toEpochMilli())
                .execute();
    }
}
