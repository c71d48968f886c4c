package dev.usher.organization;

import dev.usher.base.Json;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.UserCondition;
import dev.usher.user.UserFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** The table {@code organization_membership}. */
final class MembershipStore {
    private static final String SELECT = "select m.*, " + OrganizationStore.COLUMNS + """
             from organization_membership m join organization o on o.id = m.organization_id
            """;

    private MembershipStore() {}

    static Optional<Membership> find(Tx tx, String instanceId, String organizationId, String userId, Instant now) {
        return tx.query(SELECT + """
                where m.user_id = :user and m.organization_id = :organization and m.instance_id = :instance
                """)
                .bind("user", userId)
                .bind("organization", organizationId)
                .bind("instance", instanceId)
                .bind("now", now.toEpochMilli())
                .map(mapper(tx, instanceId))
                .findOne();
    }

    /** The user's memberships, the newest first. */
    static List<Membership> ofUser(Tx tx, String instanceId, String userId, Page page, Instant now) {
        return tx.query(SELECT + """
                where m.user_id = :user and m.instance_id = :instance
                order by m.created_at desc, m.id desc limit :limit offset :offset
                """)
                .bind("user", userId)
                .bind("instance", instanceId)
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .bind("now", now.toEpochMilli())
                .map(mapper(tx, instanceId))
                .list();
    }

    static long countOfUser(Tx tx, String instanceId, String userId) {
        return tx.query("""
                select count(*) from organization_membership where user_id = :user and instance_id = :instance
                """)
                .bind("user", userId)
                .bind("instance", instanceId)
                .mapTo(Long.class)
                .one();
    }

    private static final String MATCHING = """
            join user_account u on u.id = m.user_id
            join organization_role r on r.id = m.role_id
            left join email_address e on e.id = u.primary_email_address_id
            where m.instance_id = :instance and (cast(:organization as text) is null or m.organization_id = :organization)
                and (cast(:role0 as text) is null
                    or r.key in (:role0, :role1, :role2, :role3, :role4, :role5, :role6, :role7, :role8, :role9, :role10,
                        :role11))
                and (cast(:query as text) is null or u.id = :exact
                    or lower(e.email_address) like :query escape '!' or lower(u.username) like :query escape '!'
                    or lower(coalesce(u.first_name, '') || ' ' || coalesce(u.last_name, '')) like :query escape '!')
            """;

    private static String matching(String instanceId, Memberships.Filter filter) {
        if (filter.users().equals(UserFilter.NONE)) return MATCHING;
        return MATCHING + " and m.user_id in ("
                + UserCondition.of(instanceId, filter.users()).ids() + ")";
    }

    static List<Membership> list(Tx tx, String instanceId, Memberships.Filter filter, Page page, Instant now) {
        return filtered(
                        tx.query(SELECT + matching(instanceId, filter) + " order by "
                                + filter.order().sql(filter.descending()) + " limit :limit offset :offset"),
                        instanceId,
                        filter)
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .bind("now", now.toEpochMilli())
                .map(mapper(tx, instanceId))
                .list();
    }

    static long count(Tx tx, String instanceId, Memberships.Filter filter) {
        return filtered(
                        tx.query("select count(*) from organization_membership m " + matching(instanceId, filter)),
                        instanceId,
                        filter)
                .mapTo(Long.class)
                .one();
    }

    private static Query filtered(Query query, String instanceId, Memberships.Filter filter) {
        for (int i = 0; i < Memberships.Filter.MOST_ROLES; i++)
            query.bind("role" + i, i < filter.roles().size() ? filter.roles().get(i) : null);
        if (!filter.users().equals(UserFilter.NONE))
            UserCondition.of(instanceId, filter.users()).bind(query);
        return query.bind("instance", instanceId)
                .bind("organization", filter.organizationId().orElse(null))
                .bind("query", filter.query().map(OrganizationStore::pattern).orElse(null))
                .bind("exact", filter.query().orElse(null));
    }

    /** Reads each role once. */
    private static RowMapper<Membership> mapper(Tx tx, String instanceId) {
        Map<String, Role> roles = new HashMap<>();
        return (row, context) -> membership(
                row,
                roles.computeIfAbsent(
                        row.getString("role_id"),
                        id -> RoleStore.byId(tx, instanceId, id).orElseThrow()));
    }

    private static Membership membership(ResultSet row, Role role) throws SQLException {
        return new Membership(
                row.getString("id"),
                OrganizationStore.organization(row),
                row.getString("user_id"),
                role,
                Json.parse(row.getString("public_metadata")),
                Json.parse(row.getString("private_metadata")),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    static void insert(
            WriteTx tx,
            String instanceId,
            String id,
            String organizationId,
            Memberships.Draft draft,
            String roleId,
            Instant now) {
        tx.update("""
                insert into organization_membership (id, instance_id, organization_id, user_id, role_id, public_metadata,
                    private_metadata, created_at, updated_at)
                values (:id, :instance, :organization, :user, :role, :public, :private, :now, :now)
                """)
                .bind("id", id)
                .bind("instance", instanceId)
                .bind("organization", organizationId)
                .bind("user", draft.userId())
                .bind("role", roleId)
                .bind("public", Json.text(draft.publicMetadata()))
                .bind("private", Json.text(draft.privateMetadata()))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void update(WriteTx tx, Membership changed, Instant now) {
        tx.update("""
                update organization_membership set role_id = :role, public_metadata = :public,
                    private_metadata = :private, updated_at = :now
                where id = :id
                """)
                .bind("id", changed.id())
                .bind("role", changed.role().id())
                .bind("public", Json.text(changed.publicMetadata()))
                .bind("private", Json.text(changed.privateMetadata()))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static boolean delete(WriteTx tx, String id) {
        return tx.update("delete from organization_membership where id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** Whether somebody in the organization is allowed all three things. */
    static boolean hasMemberAllowed(Tx tx, String organizationId, List<String> three) {
        return tx.query("""
                        select count(*) from organization_membership m where m.organization_id = :organization and (
                            select count(*) from organization_role_permission g
                                join organization_permission p on p.id = g.permission_id
                            where g.role_id = m.role_id and p.key in (:first, :second, :third)) = 3
                        """)
                        .bind("organization", organizationId)
                        .bind("first", three.get(0))
                        .bind("second", three.get(1))
                        .bind("third", three.get(2))
                        .mapTo(Long.class)
                        .one()
                > 0;
    }
}
