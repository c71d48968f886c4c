package dev.usher.ticket;

import dev.usher.base.Secret;
import dev.usher.http.TicketErrors;
import dev.usher.instance.Instance;
import dev.usher.organization.Invitations;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Instant;
import java.util.Optional;

/** Tells what a ticket is good for, and uses it up: once, in the transaction of what it was good for. */
public final class Tickets {
    /** The strategy of whoever comes with a ticket. */
    public static final String STRATEGY = "ticket";

    private final Users users;
    private final Invitations invitations;

    public Tickets(Users users, Invitations invitations) {
        this.users = users;
        this.invitations = invitations;
    }

    /** The link that leads to where a ticket can be used. */
    public static String url(String origin, Secret ticket) {
        return Invitations.url(origin, ticket);
    }

    /** The ticket behind a hash, while it can be used.
     *
     * @throws dev.usher.http.Refusal when there is none, and when it was used, taken back or is too old
     */
    public Ticket usable(Tx tx, Instance instance, String ticketHash, Instant now) {
        Ticket ticket = find(tx, instance, ticketHash, now).orElseThrow(TicketErrors::ticketInvalid);
        switch (ticket) {
            case Ticket.Entry(EntryToken token) -> token.requireUsable(now);
            case Ticket.ToApplication(UserInvitation invitation) -> invitation.requirePending();
            case Ticket.ToOrganization(var invitation) -> Invitations.requirePending(invitation);
        }
        return ticket;
    }

    /** What stands behind a hash, used or not. */
    public Optional<Ticket> find(Tx tx, Instance instance, String ticketHash, Instant now) {
        return EntryTokenStore.byTicket(tx, instance.id(), ticketHash)
                .<Ticket>map(Ticket.Entry::new)
                .or(() -> UserInvitationStore.byTicket(tx, instance.id(), ticketHash, now)
                        .map(Ticket.ToApplication::new))
                .or(() -> invitations.byTicket(tx, instance, ticketHash, now).map(Ticket.ToOrganization::new));
    }

    /** The user whom the ticket lets in, if there is one already. */
    public Optional<User> user(Tx tx, Instance instance, Ticket ticket) {
        return switch (ticket) {
            case Ticket.Entry(EntryToken token) -> users.find(tx, instance, token.userId());
            case Ticket.ToApplication(UserInvitation invitation) ->
                users.findByEmailAddress(tx, instance, invitation.emailAddress());
            case Ticket.ToOrganization(var invitation) ->
                users.findByEmailAddress(tx, instance, invitation.emailAddress());
        };
    }

    /** The address with which somebody signs up who was invited.
     *
     * @throws dev.usher.http.Refusal for tickets that let existing users in
     */
    public static String invitedAddress(Ticket ticket) {
        return switch (ticket) {
            case Ticket.Entry(EntryToken token) -> throw token.notForSignUp();
            case Ticket.ToApplication(UserInvitation invitation) -> invitation.emailAddress();
            case Ticket.ToOrganization(var invitation) -> invitation.emailAddress();
        };
    }

    /** Refuses a ticket of somebody else. */
    public static void requireSame(Ticket ticket, String userId, User owner) {
        if (owner.id().equals(userId)) return;
        if (ticket instanceof Ticket.Entry(EntryToken token)) throw token.ofAnother();
        throw TicketErrors.ticketInvalid();
    }

    /**
     * Uses the ticket up for this user, who becomes a member where it invites to an organization. Of several at once, one does.
     *
     * @throws dev.usher.http.Refusal when it cannot be used any more
     */
    public Ticket spend(WriteTx tx, Instance instance, String ticketHash, User user, Instant now) {
        Ticket ticket = usable(tx, instance, ticketHash, now);
        switch (ticket) {
            case Ticket.Entry(EntryToken token) -> {
                if (!EntryTokenStore.accept(tx, token.id(), now)) throw token.used();
            }
            case Ticket.ToApplication(UserInvitation invitation) -> {
                if (!UserInvitationStore.accept(tx, invitation.id(), user.id(), now))
                    throw TicketErrors.invitationAccepted();
            }
            case Ticket.ToOrganization(var invitation) -> invitations.accept(tx, instance, user, invitation.id(), now);
        }
        return ticket;
    }
}
