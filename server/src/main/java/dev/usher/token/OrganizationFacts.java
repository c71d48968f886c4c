package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.organization.ActiveOrganization;
import dev.usher.picture.Pictures;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The shortcodes {@code org.…} and {@code org_membership.…} of the organization that a token is for. */
record OrganizationFacts(ObjectNode organization, ObjectNode membership) {

    /** The organization as its member sees it. */
    static Optional<OrganizationFacts> find(Tx tx, Subject subject, ActiveOrganization active) {
        return tx.query("""
                select o.name, o.public_metadata, o.logo_id, m.public_metadata as membership_metadata
                from organization_membership m join organization o on o.id = m.organization_id
                where o.id = :organization and o.instance_id = :instance and m.user_id = :user
                """)
                .bind("organization", active.id())
                .bind("instance", subject.instance().id())
                .bind("user", subject.session().userId())
                .map((row, context) -> new OrganizationFacts(
                        organization(
                                active,
                                row.getString("name"),
                                Rows.maybeText(row, "logo_id")
                                        .map(id -> Pictures.Owner.ORGANIZATION.url(subject.origin(), id)),
                                Json.parse(row.getString("public_metadata")).asObject()),
                        membership(
                                active,
                                Json.parse(row.getString("membership_metadata")).asObject())))
                .findOne();
    }

    private static ObjectNode organization(
            ActiveOrganization active, String name, Optional<String> pictureUrl, ObjectNode metadata) {
        ObjectNode facts = Json.object().put("id", active.id()).put("name", name);
        UserFacts.put(facts, "slug", active.slug());
        facts.put("role", active.role());
        UserFacts.put(facts, "image_url", pictureUrl);
        facts.put("has_image", pictureUrl.isPresent());
        facts.set("public_metadata", metadata);
        return facts;
    }

    private static ObjectNode membership(ActiveOrganization active, ObjectNode metadata) {
        ObjectNode facts = Json.object().put("role", active.role());
        facts.set("permissions", Json.texts(OrganizationClaims.custom(active)));
        facts.set("public_metadata", metadata);
        return facts;
    }

    /** The same fields where no organization is active. */
    static ObjectNode noOrganization() {
        return Json.object()
                .putNull("id")
                .putNull("name")
                .putNull("slug")
                .putNull("role")
                .putNull("image_url")
                .putNull("has_image")
                .putNull("public_metadata");
    }

    static ObjectNode noMembership() {
        return Json.object().putNull("role").putNull("permissions").putNull("public_metadata");
    }

    /** The user's role in each organization, by the organization's id. */
    static ObjectNode rolesOf(Tx tx, String instanceId, String userId) {
        ObjectNode roles = Json.object();
        tx.query("""
                select m.organization_id, r.key as role from organization_membership m
                    join organization_role r on r.id = m.role_id
                where m.user_id = :user and m.instance_id = :instance order by m.created_at, m.id
                """)
                .bind("user", userId)
                .bind("instance", instanceId)
                .map((row, context) -> roles.put(row.getString("organization_id"), row.getString("role")))
                .list();
        return roles;
    }
}
