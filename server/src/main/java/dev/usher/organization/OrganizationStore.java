package dev.usher.organization;

import dev.usher.base.Json;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** The table {@code organization}. Reads need {@code :now}, for an invitation that has expired counts no longer. */
final class OrganizationStore {
    /** The columns that {@link #organization} reads, of a table named {@code o}. */
    static final String COLUMNS = """
            o.id as o_id, o.name as o_name, o.slug as o_slug, o.max_allowed_memberships as o_max_allowed_memberships,
            o.members_count as o_members_count, o.admin_delete_enabled as o_admin_delete_enabled,
            o.public_metadata as o_public_metadata, o.private_metadata as o_private_metadata,
            o.created_by as o_created_by, o.logo_id as o_logo_id, o.created_at as o_created_at,
            o.updated_at as o_updated_at,
            (select count(*) from organization_invitation pending where pending.organization_id = o.id
                and pending.status = 'pending' and pending.expires_at > :now) as o_pending_invitations_count
            """;

    private OrganizationStore() {}

    static Organization organization(ResultSet row) throws SQLException {
        return new Organization(
                row.getString("o_id"),
                row.getString("o_name"),
                Rows.maybeText(row, "o_slug"),
                row.getInt("o_max_allowed_memberships"),
                row.getInt("o_members_count"),
                row.getInt("o_pending_invitations_count"),
                row.getBoolean("o_admin_delete_enabled"),
                Json.parse(row.getString("o_public_metadata")),
                Json.parse(row.getString("o_private_metadata")),
                Rows.maybeText(row, "o_created_by"),
                Rows.maybeText(row, "o_logo_id"),
                Rows.instant(row, "o_created_at"),
                Rows.instant(row, "o_updated_at"));
    }

    static Optional<Organization> byId(Tx tx, String instanceId, String id, Instant now) {
        return one(
                tx,
                "select " + COLUMNS + " from organization o where o.instance_id = :instance and o.id = :key",
                instanceId,
                id,
                now);
    }

    static Optional<Organization> bySlug(Tx tx, String instanceId, String slug, Instant now) {
        return one(
                tx,
                "select " + COLUMNS + " from organization o where o.instance_id = :instance and o.slug = :key",
                instanceId,
                slug,
                now);
    }

    private static Optional<Organization> one(Tx tx, String sql, String instanceId, String key, Instant now) {
        return tx.query(sql)
                .bind("instance", instanceId)
                .bind("key", key)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> organization(row))
                .findOne();
    }

    static List<Organization> list(Tx tx, String instanceId, Organizations.Filter filter, Page page, Instant now) {
        String order = " order by " + filter.order().sql(filter.descending()) + " limit :limit offset :offset";
        return bound(tx.query("select " + COLUMNS + matching(filter) + order), instanceId, filter)
                .bind("now", now.toEpochMilli())
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map((row, context) -> organization(row))
                .list();
    }

    private static final String MATCHING = """
             from organization o
            where o.instance_id = :instance
                and (cast(:query as text) is null or o.id = :exact or lower(o.name) like :query escape '!'
                    or o.slug like :query escape '!')
            """;
    private static final String OF_IDS = " and o.id in (<ids>)";
    private static final String OF_MEMBERS = " and exists (select 1 from organization_membership m"
            + " where m.organization_id = o.id and m.user_id in (<members>))";

    private static String matching(Organizations.Filter filter) {
        return MATCHING
                + (filter.ids().isEmpty() ? "" : OF_IDS)
                + (filter.memberIds().isEmpty() ? "" : OF_MEMBERS);
    }

    private static Query bound(Query query, String instanceId, Organizations.Filter filter) {
        if (!filter.ids().isEmpty()) query.bindList("ids", filter.ids());
        if (!filter.memberIds().isEmpty()) query.bindList("members", filter.memberIds());
        return query.bind("instance", instanceId)
                .bind("query", filter.query().map(OrganizationStore::pattern).orElse(null))
                .bind("exact", filter.query().orElse(null));
    }

    static long count(Tx tx, String instanceId, Organizations.Filter filter) {
        return bound(tx.query("select count(*)" + matching(filter)), instanceId, filter)
                .mapTo(Long.class)
                .one();
    }

    /** Matches texts in lower case that contain this one. */
    static String pattern(String text) {
        String literal = text.toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
        return "%" + literal + "%";
    }

    static long createdBy(Tx tx, String instanceId, String userId) {
        return tx.query("select count(*) from organization where instance_id = :instance and created_by = :user")
                .bind("instance", instanceId)
                .bind("user", userId)
                .mapTo(Long.class)
                .one();
    }

    static void insert(
            WriteTx tx,
            String instanceId,
            String id,
            Organizations.Draft draft,
            Optional<String> slug,
            Instant createdAt) {
        tx.update("""
                insert into organization (id, instance_id, name, slug, max_allowed_memberships, admin_delete_enabled,
                    public_metadata, private_metadata, created_by, created_at, updated_at)
                values (:id, :instance, :name, :slug, :max, :admin_delete, :public, :private, :user, :created_at,
                    :created_at)
                """)
                .bind("id", id)
                .bind("instance", instanceId)
                .bind("name", draft.name())
                .bind("slug", slug.orElse(null))
                .bind("max", draft.maxAllowedMemberships())
                .bind("admin_delete", draft.adminDeleteEnabled())
                .bind("public", Json.text(draft.publicMetadata()))
                .bind("private", Json.text(draft.privateMetadata()))
                .bind("user", draft.createdBy().orElse(null))
                .bind("created_at", createdAt.toEpochMilli())
                .execute();
    }

    static void update(WriteTx tx, Organization changed, Instant now) {
        tx.update("""
                update organization set name = :name, slug = :slug, max_allowed_memberships = :max,
                    admin_delete_enabled = :admin_delete, public_metadata = :public, private_metadata = :private,
                    logo_id = :logo, created_at = :created_at, updated_at = :now
                where id = :id
                """)
                .bind("id", changed.id())
                .bind("name", changed.name())
                .bind("slug", changed.slug().orElse(null))
                .bind("max", changed.maxAllowedMemberships())
                .bind("admin_delete", changed.adminDeleteEnabled())
                .bind("public", Json.text(changed.publicMetadata()))
                .bind("private", Json.text(changed.privateMetadata()))
                .bind("logo", changed.logoId().orElse(null))
                .bind("created_at", changed.createdAt().toEpochMilli())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static boolean delete(WriteTx tx, String instanceId, String id) {
        return tx.update("delete from organization where id = :id and instance_id = :instance")
                        .bind("id", id)
                        .bind("instance", instanceId)
                        .execute()
                == 1;
    }

    /** Takes a seat for one more member; of two who want the last one, one gets it. */
    static boolean takeSeat(WriteTx tx, String id) {
        return tx.update("""
                        update organization set members_count = members_count + 1
                        where id = :id and (max_allowed_memberships = 0 or members_count < max_allowed_memberships)
                        """).bind("id", id).execute() == 1;
    }

    static void freeSeat(WriteTx tx, String id) {
        tx.update("update organization set members_count = members_count - 1 where id = :id")
                .bind("id", id)
                .execute();
    }

    /** Nobody else changes who is in it, or as what, before this transaction ends. */
    static void hold(WriteTx tx, String id) {
        tx.update("update organization set members_count = members_count where id = :id")
                .bind("id", id)
                .execute();
    }

    static List<String> memberIds(Tx tx, String id) {
        return tx.query("select user_id from organization_membership where organization_id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .list();
    }
}
