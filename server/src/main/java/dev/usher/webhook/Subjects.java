package dev.usher.webhook;

import dev.usher.delivery.Outbox;
import dev.usher.instance.Instance;
import dev.usher.organization.Invitation;
import dev.usher.organization.Memberships;
import dev.usher.organization.OrganizationJson;
import dev.usher.organization.OrganizationRoom;
import dev.usher.session.Session;
import dev.usher.session.SessionJson;
import dev.usher.session.Sessions;
import dev.usher.store.Change;
import dev.usher.store.Tx;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Finds whom an event is about, as they are in the transaction. Who is not of the instance is not found. */
public final class Subjects {
    private final Users users;
    private final Sessions sessions;
    private final OrganizationRoom organizations;
    private final Senders senders;

    public Subjects(Users users, Sessions sessions, OrganizationRoom organizations, Senders senders) {
        this.users = users;
        this.sessions = sessions;
        this.organizations = organizations;
        this.senders = senders;
    }

    Optional<ObjectNode> find(Tx tx, Instance instance, Change change, Instant now) {
        String[] words = change.type().split("\\.", 2);
        boolean isGone = words[1].equals("deleted");
        return switch (words[0]) {
            case "user" ->
                user(tx, instance, change.id())
                        .map(user -> isGone ? EventJson.deletedUser(user) : EventJson.user(user, instance, now));
            case "session" -> sessions.find(tx, instance, change.id()).flatMap(one -> session(tx, instance, one, now));
            case "email", "sms" -> message(instance, change);
            case "organization" ->
                organizations
                        .organizations()
                        .find(tx, instance, change.id(), now)
                        .map(one ->
                                isGone ? EventJson.deletedOrganization(one) : EventJson.organization(one, instance));
            case "organizationMembership" -> membership(tx, instance, (Memberships.Key) change.subject(), now);
            case "organizationInvitation" ->
                organizations
                        .invitations()
                        .find(tx, instance, change.id(), now)
                        .map(one -> invitation(tx, instance, one, words[1]));
            case "role" ->
                organizations
                        .roles()
                        .find(tx, instance, change.id())
                        .map(one -> isGone ? EventJson.deleted("role", one.id()) : OrganizationJson.of(one));
            case "permission" ->
                organizations
                        .permissions()
                        .find(tx, instance, change.id())
                        .map(one -> isGone ? EventJson.deleted("permission", one.id()) : OrganizationJson.of(one));
            default -> Optional.empty();
        };
    }

    private Optional<User> user(Tx tx, Instance instance, String id) {
        return users.find(tx, instance, id);
    }

    private Optional<ObjectNode> session(Tx tx, Instance instance, Session session, Instant now) {
        return user(tx, instance, session.userId())
                .map(user -> SessionJson.told(session, EventJson.user(user, instance, now), now));
    }

    private Optional<ObjectNode> message(Instance instance, Change change) {
        Outbox.Noted noted = (Outbox.Noted) change.subject();
        if (!noted.instanceId().equals(instance.id())) return Optional.empty();
        return Optional.of(
                change.type().startsWith("email")
                        ? EventJson.mail(change.id(), noted, senders)
                        : EventJson.sms(change.id(), noted, senders));
    }

    private Optional<ObjectNode> membership(Tx tx, Instance instance, Memberships.Key key, Instant now) {
        return organizations
                .memberships()
                .find(tx, instance, key.organizationId(), key.userId(), now)
                .flatMap(one -> user(tx, instance, one.userId())
                        .map(user -> EventJson.membership(new Memberships.Member(one, user), instance)));
    }

    private ObjectNode invitation(Tx tx, Instance instance, Invitation invitation, String what) {
        Optional<User> inviter = invitation.inviterId().flatMap(id -> user(tx, instance, id));
        return what.equals("accepted")
                ? EventJson.acceptedInvitation(invitation, inviter, instance)
                : EventJson.invitation(invitation, inviter, instance);
    }
}
