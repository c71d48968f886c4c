package dev.usher.ticket;

import dev.usher.base.Json;
import dev.usher.http.Order;
import dev.usher.http.Paging;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code user_invitation}. */
final class UserInvitationStore {
    private static final String STATUS =
            "case when i.status = 'pending' and i.expire_at <= :now then 'expired' else i.status end";
    private static final String SELECT = "select i.*, " + STATUS + " as current_status from user_invitation i ";
    private static final String MATCHING = "where i.instance_id = :instance and case when cast(:status as text) is null"
            + " then i.status <> 'revoked' else " + STATUS + " = :status end" + """
             and (cast(:text as text) is null or i.id = :text or i.email_address like :pattern escape '!')
            """;
    private static final RowMapper<UserInvitation> INVITATION = (row, context) -> invitation(row);

    private UserInvitationStore() {}

    static Optional<UserInvitation> byId(Tx tx, String instanceId, String id, Instant now) {
        return tx.query(SELECT + "where i.id = :id and i.instance_id = :instance")
                .bind("id", id)
                .bind("instance", instanceId)
                .bind("now", now.toEpochMilli())
                .map(INVITATION)
                .findOne();
    }

    static Optional<UserInvitation> byTicket(Tx tx, String instanceId, String ticketHash, Instant now) {
        return tx.query(SELECT + "where i.ticket_hash = :hash and i.instance_id = :instance")
                .bind("hash", ticketHash)
                .bind("instance", instanceId)
                .bind("now", now.toEpochMilli())
                .map(INVITATION)
                .findOne();
    }

    static List<UserInvitation> list(
            Tx tx, String instanceId, UserInvitations.Filter filter, Order order, Paging paging, Instant now) {
        Query query = tx.query(SELECT + MATCHING + order.sql() + " limit :limit offset :offset");
        return filtered(query, instanceId, filter, now)
                .bind("limit", paging.limit())
                .bind("offset", paging.offset())
                .map(INVITATION)
                .list();
    }

    static long count(Tx tx, String instanceId, UserInvitations.Filter filter, Instant now) {
        Query query = tx.query("select count(*) from user_invitation i " + MATCHING);
        return filtered(query, instanceId, filter, now).mapTo(Long.class).one();
    }

    private static Query filtered(Query query, String instanceId, UserInvitations.Filter filter, Instant now) {
        return query.bind("instance", instanceId)
                .bind("status", filter.status().map(UserInvitation.Status::wire).orElse(null))
                .bind("text", filter.text().orElse(null))
                .bind("pattern", filter.text().map(UserInvitationStore::pattern).orElse(null))
                .bind("now", now.toEpochMilli());
    }

    private static String pattern(String text) {
        return "%" + text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
    }

    private static UserInvitation invitation(ResultSet row) throws SQLException {
        return new UserInvitation(
                row.getString("id"),
                row.getString("email_address"),
                UserInvitation.Status.ofWire(row.getString("current_status")),
                Rows.maybeText(row, "redirect_url"),
                (ObjectNode) Json.parse(row.getString("public_metadata")),
                Rows.instant(row, "expire_at"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    /** What only the database keeps of an invitation. */
    record Kept(String instanceId, String ticketHash, boolean besideOthers) {}

    static void insert(WriteTx tx, UserInvitation made, Kept kept) {
        tx.update("""
                insert into user_invitation (id, instance_id, email_address, status, ticket_hash, redirect_url,
                    public_metadata, beside_others, expire_at, created_at, updated_at)
                values (:id, :instance, :address, :status, :hash, :redirect_url, :metadata, :beside_others, :expire_at,
                    :now, :now)
                """)
                .bind("id", made.id())
                .bind("instance", kept.instanceId())
                .bind("address", made.emailAddress())
                .bind("status", made.status().wire())
                .bind("hash", kept.ticketHash())
                .bind("redirect_url", made.redirectUrl().orElse(null))
                .bind("metadata", Json.text(made.publicMetadata()))
                .bind("beside_others", kept.besideOthers())
                .bind("expire_at", made.expireAt().toEpochMilli())
                .bind("now", made.createdAt().toEpochMilli())
                .execute();
    }

    static boolean isPending(Tx tx, String instanceId, String address) {
        return tx.query("""
                        select 1 from user_invitation
                        where instance_id = :instance and email_address = :address and status = 'pending'
                        """)
                .bind("instance", instanceId)
                .bind("address", address)
                .mapTo(int.class)
                .findFirst()
                .isPresent();
    }

    /** Another one may be sent to whoever let theirs expire. */
    static void expire(WriteTx tx, String instanceId, String address, Instant now) {
        tx.update("""
                update user_invitation set status = 'expired'
                where instance_id = :instance and email_address = :address and status = 'pending' and expire_at <= :now
                """)
                .bind("instance", instanceId)
                .bind("address", address)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Accepts one that can still be; of several at once, one does. */
    static boolean accept(WriteTx tx, String id, String userId, Instant now) {
        return tx.update("""
                        update user_invitation set status = 'accepted', user_id = :user, updated_at = :now
                        where id = :id and status = 'pending' and expire_at > :now
                        """)
                        .bind("id", id)
                        .bind("user", userId)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    static boolean revoke(WriteTx tx, String id, Instant now) {
        return tx.update("""
                        update user_invitation set status = 'revoked', updated_at = :now
                        where id = :id and status in ('pending', 'expired')
                        """).bind("id", id).bind("now", now.toEpochMilli()).execute() == 1;
    }
}
