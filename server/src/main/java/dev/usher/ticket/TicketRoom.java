package dev.usher.ticket;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.delivery.Outbox;
import dev.usher.organization.Invitations;
import dev.usher.user.Users;

/** The door of this room: its verbs, which upper floors put on the wire. */
public record TicketRoom(Tickets tickets, EntryTokens entryTokens, UserInvitations invitations) {
    public static TicketRoom of(
            Users users, Invitations toOrganizations, Outbox outbox, Randomness randomness, Ids ids) {
        return new TicketRoom(
                new Tickets(users, toOrganizations),
                new EntryTokens(randomness, ids),
                new UserInvitations(users, outbox, randomness, ids));
    }
}
