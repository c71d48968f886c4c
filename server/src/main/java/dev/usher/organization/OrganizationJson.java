package dev.usher.organization;

import dev.usher.base.Json;
import dev.usher.http.Exchange;
import dev.usher.instance.Instance;
import dev.usher.picture.Pictures;
import dev.usher.user.UserJson;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Organizations and what belongs to them on the wire (FAPI). */
public final class OrganizationJson {
    private OrganizationJson() {}

    public static ObjectNode of(Exchange exchange, Organization organization) {
        return of(Instance.origin(exchange), organization);
    }

    /** For whoever reaches this server under the origin. */
    public static ObjectNode of(String origin, Organization organization) {
        ObjectNode json = Json.object().put("object", "organization");
        json.put("id", organization.id()).put("name", organization.name());
        json.put("slug", organization.slug().orElse(""));
        String url = pictureUrl(origin, organization);
        json.put("image_url", url == null ? "" : url)
                .put("has_image", url != null)
                .put("logo_url", url);
        json.put("members_count", organization.membersCount());
        json.put("pending_invitations_count", organization.pendingInvitationsCount());
        json.put("max_allowed_memberships", organization.maxAllowedMemberships());
        json.put("admin_delete_enabled", organization.adminDeleteEnabled());
        json.put("self_serve_sso_enabled", false);
        json.set("public_metadata", organization.publicMetadata());
        return json.put("created_at", organization.createdAt().toEpochMilli())
                .put("updated_at", organization.updatedAt().toEpochMilli());
    }

    /** The address of the picture, or null where there is none. */
    public static @Nullable String pictureUrl(Exchange exchange, Organization organization) {
        return pictureUrl(Instance.origin(exchange), organization);
    }

    private static @Nullable String pictureUrl(String origin, Organization organization) {
        return organization
                .logoId()
                .map(id -> Pictures.Owner.ORGANIZATION.url(origin, id))
                .orElse(null);
    }

    /** A membership as its user sees it. */
    public static ObjectNode of(Exchange exchange, Membership membership) {
        return of(Instance.origin(exchange), membership);
    }

    private static ObjectNode of(String origin, Membership membership) {
        ObjectNode json = Json.object().put("object", "organization_membership");
        json.put("id", membership.id());
        json.set("public_metadata", membership.publicMetadata());
        json.put("role", membership.role().key())
                .put("role_name", membership.role().name());
        json.set("permissions", Json.texts(membership.role().permissionKeys()));
        json.put("created_at", membership.createdAt().toEpochMilli());
        json.put("updated_at", membership.updatedAt().toEpochMilli());
        return json.set("organization", of(origin, membership.organization()));
    }

    /** A membership as other members see it. */
    public static ObjectNode of(Exchange exchange, Memberships.Member member) {
        return of(Instance.origin(exchange), member);
    }

    /** A membership as other members see it, for whoever reaches this server under the origin. */
    public static ObjectNode of(String origin, Memberships.Member member) {
        ObjectNode json = of(origin, member.membership());
        return json.set("public_user_data", UserJson.publicData(member.user(), origin));
    }

    public static ArrayNode memberships(Exchange exchange, List<Membership> memberships) {
        ArrayNode array = Json.array();
        memberships.forEach(one -> array.add(of(exchange, one)));
        return array;
    }

    /** An invitation as members see it. */
    public static ObjectNode of(Invitation invitation) {
        ObjectNode json = Json.object().put("object", "organization_invitation");
        json.put("id", invitation.id()).put("email_address", invitation.emailAddress());
        json.put("organization_id", invitation.organization().id());
        json.put("role", invitation.role().key())
                .put("role_name", invitation.role().name());
        json.put("status", invitation.status().wire());
        json.set("public_metadata", invitation.publicMetadata());
        json.putNull("url").put("expires_at", invitation.expiresAt().toEpochMilli());
        return json.put("created_at", invitation.createdAt().toEpochMilli())
                .put("updated_at", invitation.updatedAt().toEpochMilli());
    }

    /** An invitation as the invited person sees it, who is no member yet. */
    public static ObjectNode toInvited(Exchange exchange, Invitation invitation) {
        return toInvited(Instance.origin(exchange), invitation);
    }

    /** An invitation with its organization, for whoever reaches this server under the origin. */
    public static ObjectNode toInvited(String origin, Invitation invitation) {
        Organization organization = invitation.organization();
        String url = pictureUrl(origin, organization);
        ObjectNode json = of(invitation);
        json.putObject("public_organization_data")
                .put("id", organization.id())
                .put("name", organization.name())
                .put("slug", organization.slug().orElse(""))
                .put("image_url", url == null ? "" : url)
                .put("has_image", url != null);
        return json;
    }

    public static ObjectNode of(Role role) {
        ObjectNode json = Json.object().put("object", "role").put("id", role.id());
        json.put("key", role.key()).put("name", role.name()).put("description", role.description());
        json.put("is_creator_eligible", role.isCreatorEligible());
        ArrayNode permissions = json.putArray("permissions");
        role.permissions().forEach(one -> permissions.add(of(one)));
        return json.put("created_at", role.createdAt().toEpochMilli())
                .put("updated_at", role.updatedAt().toEpochMilli());
    }

    public static ObjectNode of(Permission permission) {
        return Json.object()
                .put("object", "permission")
                .put("id", permission.id())
                .put("key", permission.key())
                .put("name", permission.name())
                .put("description", permission.description())
                .put("type", permission.custom() ? "user" : "system")
                .put("created_at", permission.createdAt().toEpochMilli())
                .put("updated_at", permission.updatedAt().toEpochMilli());
    }

    static ObjectNode deleted(String object, String id) {
        return Json.object().put("object", object).put("id", id).put("deleted", true);
    }

    /** An empty list. */
    static ObjectNode none() {
        return page(new Page.Of<Role>(List.of(), 0), OrganizationJson::of);
    }

    static <T> ObjectNode page(Page.Of<T> page, Function<T, ? extends JsonNode> shape) {
        ObjectNode json = Json.object();
        ArrayNode data = json.putArray("data");
        page.data().forEach(one -> data.add(shape.apply(one)));
        return json.put("total_count", page.totalCount());
    }
}
