package dev.usher.organization;

import dev.usher.base.Json;
import dev.usher.http.Order;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** The table {@code organization_invitation}. */
final class InvitationStore {
    private static final String STATUS =
            "case when i.status = 'pending' and i.expires_at <= :now then 'expired' else i.status end";
    private static final String SELECT =
            "select i.*, " + STATUS + " as current_status, " + OrganizationStore.COLUMNS + """
             from organization_invitation i join organization o on o.id = i.organization_id
            """;
    private static final String MATCHING = """
            where i.instance_id = :instance and (cast(:organization as text) is null or i.organization_id = :organization)
                and (cast(:address as text) is null or i.email_address like :address escape '!')
                and (cast(:user as text) is null or i.email_address in (select lower(e.email_address)
                    from email_address e where e.user_id = :user and e.verified_at is not null))
                and (cast(:status0 as text) is null or\s""" + STATUS + " in (:status0, :status1, :status2, :status3))";

    private InvitationStore() {}

    static Optional<Invitation> byId(Tx tx, String instanceId, String id, Instant now) {
        return tx.query(SELECT + "where i.id = :id and i.instance_id = :instance")
                .bind("id", id)
                .bind("instance", instanceId)
                .bind("now", now.toEpochMilli())
                .map(mapper(tx, instanceId))
                .findOne();
    }

    static Optional<Invitation> byTicket(Tx tx, String instanceId, String ticketHash, Instant now) {
        return tx.query(SELECT + "where i.ticket_hash = :hash and i.instance_id = :instance")
                .bind("hash", ticketHash)
                .bind("instance", instanceId)
                .bind("now", now.toEpochMilli())
                .map(mapper(tx, instanceId))
                .findOne();
    }

    static List<Invitation> list(
            Tx tx, String instanceId, Invitations.Filter filter, Order order, Page page, Instant now) {
        String direction = order.descending() ? " desc" : " asc";
        String sorted = " order by i." + order.column() + direction + ", i.id" + direction;
        Query query = tx.query(SELECT + MATCHING + sorted + " limit :limit offset :offset");
        return filtered(query, instanceId, filter, now)
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map(mapper(tx, instanceId))
                .list();
    }

    static long count(Tx tx, String instanceId, Invitations.Filter filter, Instant now) {
        Query query = tx.query("select count(*) from organization_invitation i " + MATCHING);
        return filtered(query, instanceId, filter, now).mapTo(Long.class).one();
    }

    private static Query filtered(Query query, String instanceId, Invitations.Filter filter, Instant now) {
        for (int i = 0; i < Invitation.Status.values().length; i++)
            query.bind(
                    "status" + i,
                    i < filter.statuses().size() ? filter.statuses().get(i).wire() : null);
        return query.bind("instance", instanceId)
                .bind("organization", filter.organizationId().orElse(null))
                .bind(
                        "address",
                        filter.emailAddress().map(OrganizationStore::pattern).orElse(null))
                .bind("user", filter.ownerId().orElse(null))
                .bind("now", now.toEpochMilli());
    }

    private static RowMapper<Invitation> mapper(Tx tx, String instanceId) {
        return (row, context) -> invitation(
                row, RoleStore.byId(tx, instanceId, row.getString("role_id")).orElseThrow());
    }

    private static Invitation invitation(ResultSet row, Role role) throws SQLException {
        return new Invitation(
                row.getString("id"),
                OrganizationStore.organization(row),
                row.getString("email_address"),
                role,
                Invitation.Status.ofWire(row.getString("current_status")),
                Rows.maybeText(row, "redirect_url"),
                Rows.maybeText(row, "inviter_id"),
                Rows.maybeText(row, "user_id"),
                Json.parse(row.getString("public_metadata")),
                Json.parse(row.getString("private_metadata")),
                Rows.instant(row, "expires_at"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    /** A fresh invitation with what only the database keeps. */
    record Fresh(String id, String instanceId, String organizationId, String roleId, String ticketHash) {}

    static void insert(WriteTx tx, Fresh fresh, Invitations.Draft draft, Instant expiresAt, Instant now) {
        tx.update("""
                insert into organization_invitation (id, instance_id, organization_id, email_address, role_id, status,
                    ticket_hash, redirect_url, inviter_id, public_metadata, private_metadata, expires_at, created_at,
                    updated_at)
                values (:id, :instance, :organization, :address, :role, 'pending', :hash, :redirect_url, :inviter,
                    :public, :private, :expires_at, :now, :now)
                """)
                .bind("id", fresh.id())
                .bind("instance", fresh.instanceId())
                .bind("organization", fresh.organizationId())
                .bind("address", draft.emailAddress())
                .bind("role", fresh.roleId())
                .bind("hash", fresh.ticketHash())
                .bind("redirect_url", draft.redirectUrl().orElse(null))
                .bind("inviter", draft.inviterId().orElse(null))
                .bind("public", Json.text(draft.publicMetadata()))
                .bind("private", Json.text(draft.privateMetadata()))
                .bind("expires_at", expiresAt.toEpochMilli())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static boolean isPending(Tx tx, String organizationId, String address) {
        return tx.query("""
                        select 1 from organization_invitation
                        where organization_id = :organization and email_address = :address and status = 'pending'
                        """)
                .bind("organization", organizationId)
                .bind("address", address)
                .mapTo(int.class)
                .findOne()
                .isPresent();
    }

    /** Whoever owns the address belongs to the organization already. */
    static boolean isMember(Tx tx, String organizationId, String address) {
        return tx.query("""
                        select 1 from organization_membership m
                            join email_address e on e.user_id = m.user_id and e.verified_at is not null
                        where m.organization_id = :organization and lower(e.email_address) = :address
                        """)
                .bind("organization", organizationId)
                .bind("address", address)
                .mapTo(int.class)
                .findFirst()
                .isPresent();
    }

    /** Accepts or revokes one that can still be; of several at once, one does. */
    static boolean close(WriteTx tx, String id, Invitation.Status status, Optional<String> userId, Instant now) {
        return tx.update("""
                        update organization_invitation set status = :status, user_id = :user, updated_at = :now
                        where id = :id and status = 'pending' and expires_at > :now
                        """)
                        .bind("id", id)
                        .bind("status", status.wire())
                        .bind("user", userId.orElse(null))
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /** Another one may be sent to whoever let theirs expire. */
    static void expire(WriteTx tx, String organizationId, Instant now) {
        tx.update("""
                update organization_invitation set status = 'expired'
                where organization_id = :organization and status = 'pending' and expires_at <= :now
                """)
                .bind("organization", organizationId)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Who became a member has no use for an invitation any more. */
    static List<String> settle(WriteTx tx, String organizationId, String userId, Instant now) {
        return tx.query("""
                update organization_invitation set status = 'accepted', user_id = :user, updated_at = :now
                where organization_id = :organization and status = 'pending' and expires_at > :now
                    and email_address in (select lower(e.email_address) from email_address e
                        where e.user_id = :user and e.verified_at is not null)
                returning id
                """)
                .bind("organization", organizationId)
                .bind("user", userId)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .list();
    }
}
