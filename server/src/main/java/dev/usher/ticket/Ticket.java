package dev.usher.ticket;

import dev.usher.organization.Invitation;

/** What a ticket is good for. */
public sealed interface Ticket {
    /** Lets a certain user in, without a factor. */
    record Entry(EntryToken token) implements Ticket {}

    /** Proves an e-mail address, and that its owner was invited to the application. */
    record ToApplication(UserInvitation invitation) implements Ticket {}

    /** Proves an e-mail address, and that its owner was invited to an organization. */
    record ToOrganization(Invitation invitation) implements Ticket {}
}
