package dev.usher.organization;

import dev.usher.instance.Instance;
import dev.usher.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which organization a user may act for, as of now. */
public final class ActiveOrganizations {
    private static final Page ALL = new Page(Integer.MAX_VALUE, 0);
    private static final String MEMBER = """
            select o.id, o.slug, r.key as role from organization_membership m
                join organization o on o.id = m.organization_id
                join organization_role r on r.id = m.role_id
            where m.user_id = :user and o.instance_id = :instance and\s""";

    private ActiveOrganizations() {}

    /** The organization by its id or its slug; empty when the user is no member of it. */
    public static Optional<ActiveOrganization> find(Tx tx, String instanceId, String userId, String idOrSlug) {
        return tx.query(MEMBER + (isId(idOrSlug) ? "o.id = :wanted" : "o.slug = :wanted"))
                .bind("user", userId)
                .bind("instance", instanceId)
                .bind("wanted", idOrSlug)
                .map((row, context) -> new ActiveOrganization(
                        row.getString("id"),
                        Optional.ofNullable(row.getString("slug")),
                        row.getString("role"),
                        permissions(tx, instanceId, row.getString("role"))))
                .findOne();
    }

    /** Ids are told from slugs by their prefix, as SDKs tell them; no slug begins like that. */
    public static boolean isId(String idOrSlug) {
        return idOrSlug.startsWith("org_");
    }

    private static List<String> permissions(Tx tx, String instanceId, String role) {
        return tx.query("""
                select p.key from organization_role r
                    join organization_role_permission g on g.role_id = r.id and g.custom
                    join organization_permission p on p.id = g.permission_id
                where r.instance_id = :instance and r.key = :role
                """)
                .bind("instance", instanceId)
                .bind("role", role)
                .mapTo(String.class)
                .list();
    }

    /** What the user belongs to, the newest membership first; nothing where organizations are off. */
    public static List<Membership> membershipsOf(Tx tx, Instance instance, String userId, Instant now) {
        if (!instance.settings().organizations().enabled()) return List.of();
        return MembershipStore.ofUser(tx, instance.id(), userId, ALL, now);
    }

    /** The organization that the user joined last. */
    public static Optional<String> newest(Tx tx, String userId) {
        return tx.query("""
                select organization_id from organization_membership
                where user_id = :user order by created_at desc, id desc limit 1
                """).bind("user", userId).mapTo(String.class).findOne();
    }
}
