package dev.usher.backend;

import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.instance.Instance;
import dev.usher.organization.Invitation;
import dev.usher.organization.Memberships;
import dev.usher.organization.Organization;
import dev.usher.organization.OrganizationJson;
import dev.usher.organization.Page;
import dev.usher.user.User;
import dev.usher.user.UserJson;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Organizations as servers see them: what members see, and the private metadata. */
final class OrganizationView {
    private OrganizationView() {}

    /** The caller's instance, which must have organizations. */
    static Instance instance(Exchange exchange) {
        Instance instance = Instance.of(exchange);
        if (!instance.settings().organizations().enabled()) throw Errors.organizationsDisabled();
        return instance;
    }

    static ObjectNode json(Exchange exchange, Organization organization) {
        ObjectNode json = OrganizationJson.of(exchange, organization);
        json.set("private_metadata", organization.privateMetadata());
        organization.createdBy().ifPresent(userId -> json.put("created_by", userId));
        return json;
    }

    static ObjectNode json(Exchange exchange, Memberships.Member member) {
        ObjectNode json = OrganizationJson.of(exchange, member);
        json.set("private_metadata", member.membership().privateMetadata());
        return json;
    }

    /** An invitation with who sent it. */
    static ObjectNode json(Exchange exchange, Invitation invitation, Optional<User> inviter) {
        return completed(exchange, OrganizationJson.of(invitation), invitation, inviter);
    }

    /** An invitation with what everybody may know of the organization. */
    static ObjectNode jsonWithOrganization(Exchange exchange, Invitation invitation, Optional<User> inviter) {
        return completed(exchange, OrganizationJson.toInvited(exchange, invitation), invitation, inviter);
    }

    private static ObjectNode completed(
            Exchange exchange, ObjectNode json, Invitation invitation, Optional<User> inviter) {
        json.set("private_metadata", invitation.privateMetadata());
        json.put("inviter_id", invitation.inviterId().orElse(null));
        json.putNull("public_inviter_data");
        inviter.ifPresent(user -> json.set("public_inviter_data", inviterData(exchange, user)));
        return json;
    }

    private static ObjectNode inviterData(Exchange exchange, User user) {
        ObjectNode json = UserJson.publicData(user, Instance.origin(exchange));
        json.remove("profile_image_url");
        json.remove("username");
        return json;
    }

    static <T> Reply page(Page.Of<T> page, Function<T, ObjectNode> json) {
        return Lists.page(page.data(), json, page.totalCount());
    }
}
