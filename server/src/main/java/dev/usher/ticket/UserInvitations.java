package dev.usher.ticket;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.delivery.Outbox;
import dev.usher.http.Errors;
import dev.usher.http.Order;
import dev.usher.http.Paging;
import dev.usher.http.Refusal;
import dev.usher.http.TicketErrors;
import dev.usher.instance.Instance;
import dev.usher.store.Duplicates;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.EmailAddress;
import dev.usher.user.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Invites people to become users, and takes invitations back. Asks nobody for permission. */
public final class UserInvitations {
    /** How long one can be accepted. */
    public static final Duration VALIDITY = Duration.ofDays(30);

    private final Users users;
    private final Outbox outbox;
    private final Randomness randomness;
    private final Ids ids;

    public UserInvitations(Users users, Outbox outbox, Randomness randomness, Ids ids) {
        this.users = users;
        this.outbox = outbox;
        this.randomness = randomness;
        this.ids = ids;
    }

    /**
     * Who is to be invited.
     *
     * @param redirectUrl where the link leads in the end, instead of the app's own page
     * @param sendsMail whether a message is sent
     * @param ignoresExisting whether the address may have an account or another invitation
     */
    public record Draft(
            String emailAddress,
            Optional<String> redirectUrl,
            boolean sendsMail,
            boolean ignoresExisting,
            Duration validity,
            ObjectNode publicMetadata) {}

    /** A fresh invitation and the secret of its link, which is not kept. */
    public record Made(UserInvitation invitation, Secret ticket) {}

    /**
     * Which invitations to list.
     *
     * @param status none for all that were not revoked
     * @param text the id, or part of the address
     */
    public record Filter(Optional<UserInvitation.Status> status, Optional<String> text) {}

    public List<UserInvitation> list(Tx tx, Instance instance, Filter filter, Order order, Paging paging, Instant now) {
        return UserInvitationStore.list(tx, instance.id(), filter, order, paging, now);
    }

    public long count(Tx tx, Instance instance, Filter filter, Instant now) {
        return UserInvitationStore.count(tx, instance.id(), filter, now);
    }

    /**
     * Invites all of these people or none.
     *
     * @param origin under which browsers reach this server, for the link
     * @throws Refusal when an address is none, has an account or is invited already
     */
    public List<Made> create(WriteTx tx, Instance instance, List<Draft> drafts, String origin, Instant now) {
        List<Made> made = new ArrayList<>();
        for (Draft draft : drafts) made.add(create(tx, instance, draft, origin, now));
        return made;
    }

    private Made create(WriteTx tx, Instance instance, Draft draft, String origin, Instant now) {
        String address = EmailAddress.normalized(draft.emailAddress())
                .orElseThrow(() -> Errors.invalidFormat("email_address", "email_address must be an e-mail address."));
        UserInvitationStore.expire(tx, instance.id(), address, now);
        if (!draft.ignoresExisting()) requireNew(tx, instance, address);
        Secret ticket = randomness.secret();
        UserInvitation made = new UserInvitation(
                ids.next("inv", now),
                address,
                UserInvitation.Status.PENDING,
                draft.redirectUrl(),
                draft.publicMetadata(),
                now.plus(draft.validity()),
                now,
                now);
        var kept = new UserInvitationStore.Kept(instance.id(), ticket.hash(), draft.ignoresExisting());
        insert(tx, made, kept);
        boolean isTest = instance.settings().testMode() && EmailAddress.isTest(address);
        if (draft.sendsMail() && !isTest)
            outbox.add(tx, instance.id(), UserInvitationMail.of(instance, made, Tickets.url(origin, ticket)), now);
        return new Made(made, ticket);
    }

    private void requireNew(Tx tx, Instance instance, String address) {
        if (users.findByEmailAddress(tx, instance, address).isPresent()) throw Errors.identifierExists("email_address");
        if (UserInvitationStore.isPending(tx, instance.id(), address))
            throw TicketErrors.alreadyInvited(List.of(address));
    }

    /** Two at once to one address: the database lets one through. */
    private static void insert(WriteTx tx, UserInvitation made, UserInvitationStore.Kept kept) {
        try {
            UserInvitationStore.insert(tx, made, kept);
        } catch (RuntimeException e) {
            if (Duplicates.caused(e)) throw TicketErrors.alreadyInvited(List.of(made.emailAddress()));
            throw e;
        }
    }

    /** Takes an invitation back that nobody has accepted. */
    public UserInvitation revoke(WriteTx tx, Instance instance, String id, Instant now) {
        UserInvitation invitation = get(tx, instance, id, now);
        if (!UserInvitationStore.revoke(tx, id, now))
            throw invitation.status() == UserInvitation.Status.ACCEPTED
                    ? TicketErrors.invitationAccepted()
                    : TicketErrors.invitationRevokedBefore();
        return get(tx, instance, id, now);
    }

    private static UserInvitation get(Tx tx, Instance instance, String id, Instant now) {
        return UserInvitationStore.byId(tx, instance.id(), id, now)
                .orElseThrow(() -> Errors.notFound("invitation", id));
    }
}
