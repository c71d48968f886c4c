package dev.usher.webhook;

import dev.usher.base.Json;
import dev.usher.base.Origin;
import dev.usher.delivery.Message;
import dev.usher.delivery.Outbox;
import dev.usher.instance.Instance;
import dev.usher.organization.Invitation;
import dev.usher.organization.Memberships;
import dev.usher.organization.Organization;
import dev.usher.organization.OrganizationJson;
import dev.usher.user.User;
import dev.usher.user.UserJson;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Events in the published shape. */
final class EventJson {
    private EventJson() {}

    static ObjectNode envelope(String type, Instance instance, Origin origin, Instant now, ObjectNode data) {
        ObjectNode json = Json.object().put("object", "event").put("type", type);
        json.put("instance_id", instance.id()).put("timestamp", now.toEpochMilli());
        json.putObject("event_attributes")
                .putObject("http_request")
                .put("client_ip", origin.address().orElse(""))
                .put("user_agent", origin.userAgent().orElse(""));
        return json.set("data", data);
    }

    static ObjectNode user(User user, Instance instance, Instant now) {
        ObjectNode json = UserJson.of(user, instance.settings(), instance.publicUrl(), now);
        return json.set("private_metadata", user.terms().privateMetadata());
    }

    static ObjectNode deletedUser(User user) {
        ObjectNode json = deleted("user", user.id());
        user.externalId().ifPresent(id -> json.put("external_id", id));
        return json;
    }

    static ObjectNode deletedOrganization(Organization organization) {
        ObjectNode json = deleted("organization", organization.id());
        organization.slug().ifPresent(slug -> json.put("slug", slug));
        return json;
    }

    static ObjectNode deleted(String object, String id) {
        return Json.object().put("object", object).put("id", id).put("deleted", true);
    }

    static ObjectNode organization(Organization organization, Instance instance) {
        ObjectNode json = OrganizationJson.of(instance.publicUrl(), organization);
        organization.createdBy().ifPresent(userId -> json.put("created_by", userId));
        return json.set("private_metadata", organization.privateMetadata());
    }

    static ObjectNode membership(Memberships.Member member, Instance instance) {
        ObjectNode json = OrganizationJson.of(instance.publicUrl(), member);
        json.set("organization", organization(member.membership().organization(), instance));
        return json.set("private_metadata", member.membership().privateMetadata());
    }

    static ObjectNode invitation(Invitation invitation, Optional<User> inviter, Instance instance) {
        ObjectNode json = OrganizationJson.of(invitation);
        json.set("private_metadata", invitation.privateMetadata());
        json.put("inviter_id", invitation.inviterId().orElse(null)).putNull("public_inviter_data");
        inviter.ifPresent(user -> json.set("public_inviter_data", inviter(user, instance.publicUrl())));
        return json;
    }

    /** With who accepted it, and the organization. */
    static ObjectNode acceptedInvitation(Invitation invitation, Optional<User> inviter, Instance instance) {
        ObjectNode json = invitation(invitation, inviter, instance);
        json.put("user_id", invitation.userId().orElse(""));
        ObjectNode organization = json.putObject("data");
        organization.set(
                "public_organization_data",
                OrganizationJson.toInvited(instance.publicUrl(), invitation).get("public_organization_data"));
        return json;
    }

    private static ObjectNode inviter(User user, String origin) {
        ObjectNode json = UserJson.publicData(user, origin);
        json.remove("profile_image_url");
        json.remove("username");
        return json;
    }

    /** A message as it was handed over to be sent; its codes are in it. */
    static ObjectNode mail(String id, Outbox.Noted noted, Senders senders) {
        Message message = noted.message();
        ObjectNode json = message(id, "email", message, "email_address_id");
        json.put("to_email_address", message.recipient()).put("subject", message.subject());
        json.put("from_email_name", senders.mailName()).putNull("reply_to_email_name");
        json.put("body", html(message.body())).put("body_plain", message.body());
        return json;
    }

    static ObjectNode sms(String id, Outbox.Noted noted, Senders senders) {
        Message message = noted.message();
        ObjectNode json = message(id, "sms_message", message, "phone_number_id");
        json.put("to_phone_number", message.recipient()).put("message", message.body());
        return json.put("from_phone_number", senders.phoneNumber())
                .put("created_at_ms", noted.at().toEpochMilli());
    }

    private static ObjectNode message(String id, String object, Message message, String identifierField) {
        ObjectNode json = Json.object().put("object", object).put("id", id);
        json.put("slug", message.code().isPresent() ? "verification_code" : null);
        json.putNull("user_id").putNull(identifierField);
        json.put("status", "queued").put("delivered_by_clerk", true);
        ObjectNode data = json.putObject("data");
        message.code().ifPresent(code -> data.put("otp_code", code));
        return json;
    }

    private static String html(String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<pre>" + escaped + "</pre>";
    }
}
