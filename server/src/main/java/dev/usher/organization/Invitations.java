package dev.usher.organization;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.delivery.Outbox;
import dev.usher.http.Errors;
import dev.usher.http.Order;
import dev.usher.http.OrganizationErrors;
import dev.usher.http.TicketErrors;
import dev.usher.instance.Instance;
import dev.usher.store.Change;
import dev.usher.store.Duplicates;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.EmailAddress;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Invites people by e-mail, takes invitations back and lets them be accepted once. Asks nobody for permission. */
public final class Invitations {
    /** How long one can be accepted. */
    public static final Duration VALIDITY = Duration.ofDays(30);

    private final Memberships memberships;
    private final Roles roles;
    private final Users users;
    private final Outbox outbox;
    private final Randomness randomness;
    private final Ids ids;

    public Invitations(
            Memberships memberships, Roles roles, Users users, Outbox outbox, Randomness randomness, Ids ids) {
        this.memberships = memberships;
        this.roles = roles;
        this.users = users;
        this.outbox = outbox;
        this.randomness = randomness;
        this.ids = ids;
    }

    /**
     * Who is to be invited as what.
     *
     * @param inviterId the member who invites, if it is one
     * @param redirectUrl where the link leads in the end, instead of the app's own page
     * @param sendsMail whether a message is sent
     * @param validity how long it can be accepted
     */
    public record Draft(
            String emailAddress,
            String roleKey,
            Optional<String> inviterId,
            Optional<String> redirectUrl,
            boolean sendsMail,
            Duration validity,
            JsonNode publicMetadata,
            JsonNode privateMetadata) {

        /** By a member, with a message and without metadata. */
        public static Draft by(String inviterId, String emailAddress, String roleKey, boolean sendsMail) {
            return new Draft(
                    emailAddress,
                    roleKey,
                    Optional.of(inviterId),
                    Optional.empty(),
                    sendsMail,
                    VALIDITY,
                    Json.object(),
                    Json.object());
        }

        Draft withAddress(String address) {
            return new Draft(
                    address, roleKey, inviterId, redirectUrl, sendsMail, validity, publicMetadata, privateMetadata);
        }
    }

    /** A fresh invitation and the secret of its link, which is not kept. */
    public record Made(Invitation invitation, Secret ticket) {}

    /**
     * Which invitations to list.
     *
     * @param emailAddress part of the address
     * @param ownerId those to the verified addresses of this user
     * @param statuses none for all
     */
    public record Filter(
            Optional<String> organizationId,
            Optional<String> emailAddress,
            Optional<String> ownerId,
            List<Invitation.Status> statuses) {
        public static Filter ofOrganization(String organizationId, List<Invitation.Status> statuses) {
            return new Filter(Optional.of(organizationId), Optional.empty(), Optional.empty(), statuses);
        }

        public static Filter ofOwner(String userId, List<Invitation.Status> statuses) {
            return new Filter(Optional.empty(), Optional.empty(), Optional.of(userId), statuses);
        }
    }

    /** What lists may be ordered by, with the column behind it. */
    public static final Map<String, String> ORDERS =
            Map.of("created_at", "created_at", "email_address", "email_address");

    private static final Order NEWEST_FIRST = new Order("created_at", true);

    /** The newest first. */
    public Page.Of<Invitation> list(Tx tx, Instance instance, Filter filter, Page page, Instant now) {
        return list(tx, instance, filter, NEWEST_FIRST, page, now);
    }

    /** In one of {@link #ORDERS}. */
    public Page.Of<Invitation> list(Tx tx, Instance instance, Filter filter, Order order, Page page, Instant now) {
        return new Page.Of<>(
                InvitationStore.list(tx, instance.id(), filter, order, page, now),
                InvitationStore.count(tx, instance.id(), filter, now));
    }

    /** One of the organization's.
     *
     * @throws dev.usher.http.Refusal when there is none
     */
    public Invitation get(Tx tx, Instance instance, String organizationId, String id, Instant now) {
        return InvitationStore.byId(tx, instance.id(), id, now)
                .filter(one -> one.organization().id().equals(organizationId))
                .orElseThrow(OrganizationErrors::invitationNotFound);
    }

    /** The invitation behind a link. */
    public Optional<Invitation> byTicket(Tx tx, Instance instance, String ticketHash, Instant now) {
        return InvitationStore.byTicket(tx, instance.id(), ticketHash, now);
    }

    /**
     * Invites all of these people or none.
     *
     * @param origin under which browsers reach this server, for the link
     * @throws dev.usher.http.Refusal when an address is none, belongs to a member or is invited already, when there are not
     *     enough seats, and for an unknown role
     */
    public List<Made> create(
            WriteTx tx, Instance instance, String organizationId, List<Draft> drafts, String origin, Instant now) {
        OrganizationStore.hold(tx, organizationId);
        InvitationStore.expire(tx, organizationId, now);
        Organization organization = OrganizationStore.byId(tx, instance.id(), organizationId, now)
                .orElseThrow(() -> Errors.notFound("organization", organizationId));
        List<Draft> checked = drafts.stream().map(Invitations::normalized).toList();
        requireNew(tx, organization, checked);
        if (!organization.hasSeatsFor(checked.size()))
            throw OrganizationErrors.noSeatLeft(organization.maxAllowedMemberships());
        List<Made> made = new ArrayList<>();
        for (Draft draft : checked) made.add(create(tx, instance, organization, draft, origin, now));
        return made;
    }

    private static Draft normalized(Draft draft) {
        return draft.withAddress(EmailAddress.normalized(draft.emailAddress())
                .orElseThrow(() -> Errors.invalidFormat("email_address", "email_address must be an e-mail address.")));
    }

    private static void requireNew(Tx tx, Organization organization, List<Draft> drafts) {
        List<String> addresses = drafts.stream().map(Draft::emailAddress).toList();
        for (String address : addresses)
            if (InvitationStore.isMember(tx, organization.id(), address))
                throw OrganizationErrors.alreadyMember(address);
        List<String> pending = addresses.stream()
                .filter(address -> InvitationStore.isPending(tx, organization.id(), address))
                .toList();
        if (!pending.isEmpty()) throw TicketErrors.alreadyInvited(pending);
        if (addresses.stream().distinct().count() < addresses.size()) throw Errors.doubledField("email_address");
    }

    private Made create(
            WriteTx tx, Instance instance, Organization organization, Draft draft, String origin, Instant now) {
        Role role = roles.ofForm(tx, instance, "role", draft.roleKey());
        Secret ticket = randomness.secret();
        var fresh = new InvitationStore.Fresh(
                ids.next("orginv", now), instance.id(), organization.id(), role.id(), ticket.hash());
        insert(tx, fresh, draft, now);
        tx.note(new Change("organizationInvitation.created", fresh.id()));
        Invitation invitation =
                InvitationStore.byId(tx, instance.id(), fresh.id(), now).orElseThrow();
        boolean isTest = instance.settings().testMode() && EmailAddress.isTest(invitation.emailAddress());
        if (draft.sendsMail() && !isTest)
            outbox.add(
                    tx,
                    instance.id(),
                    InvitationMail.of(instance, invitation, inviter(tx, instance, draft), url(origin, ticket)),
                    now);
        return new Made(invitation, ticket);
    }

    /** Two at once to one address: the database lets one through. */
    private static void insert(WriteTx tx, InvitationStore.Fresh fresh, Draft draft, Instant now) {
        try {
            InvitationStore.insert(tx, fresh, draft, now.plus(draft.validity()), now);
        } catch (RuntimeException e) {
            if (Duplicates.caused(e)) throw TicketErrors.alreadyInvited(List.of(draft.emailAddress()));
            throw e;
        }
    }

    private Optional<User> inviter(Tx tx, Instance instance, Draft draft) {
        return draft.inviterId().flatMap(id -> users.find(tx, instance, id));
    }

    /** The link that accepts an invitation. */
    public static String url(String origin, Secret ticket) {
        return origin + "/v1/tickets/accept?ticket=" + ticket.reveal();
    }

    /** One of the instance's. */
    public Optional<Invitation> find(Tx tx, Instance instance, String id, Instant now) {
        return InvitationStore.byId(tx, instance.id(), id, now);
    }

    /** Takes an invitation back. */
    public Invitation revoke(WriteTx tx, Instance instance, String organizationId, String id, Instant now) {
        Invitation invitation = get(tx, instance, organizationId, id, now);
        boolean revoked = InvitationStore.close(tx, id, Invitation.Status.REVOKED, invitation.userId(), now);
        if (!revoked) throw OrganizationErrors.invitationNotPending();
        tx.note(new Change("organizationInvitation.revoked", id));
        return get(tx, instance, organizationId, id, now);
    }

    /**
     * Makes the user, who owns the address that was invited, a member. Of several at once, one does.
     *
     * @throws dev.usher.http.Refusal when the invitation is not theirs, not pending any more, or no seat is left
     */
    public Invitation accept(WriteTx tx, Instance instance, User user, String id, Instant now) {
        Invitation invitation = InvitationStore.byId(tx, instance.id(), id, now)
                .filter(one -> owns(user, one.emailAddress()))
                .orElseThrow(OrganizationErrors::invitationNotFound);
        requirePending(invitation);
        boolean accepted = InvitationStore.close(tx, id, Invitation.Status.ACCEPTED, Optional.of(user.id()), now);
        if (!accepted) throw OrganizationErrors.invitationAccepted();
        tx.note(new Change("organizationInvitation.accepted", id));
        var draft = new Memberships.Draft(
                user.id(), invitation.role().key(), invitation.publicMetadata(), invitation.privateMetadata());
        memberships.add(tx, instance, invitation.organization(), draft, now);
        return InvitationStore.byId(tx, instance.id(), id, now).orElseThrow();
    }

    private static boolean owns(User user, String address) {
        return user.emailAddresses().stream()
                .anyMatch(one ->
                        one.verifiedAt().isPresent() && one.emailAddress().equalsIgnoreCase(address));
    }

    /** Says what became of an invitation that can no longer be accepted. */
    public static void requirePending(Invitation invitation) {
        switch (invitation.status()) {
            case PENDING -> {}
            case ACCEPTED -> throw OrganizationErrors.invitationAccepted();
            case REVOKED -> throw OrganizationErrors.invitationRevoked();
            case EXPIRED -> throw TicketErrors.ticketExpired();
        }
    }
}
