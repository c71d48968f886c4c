package dev.usher.signin;

import dev.usher.base.Secret;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.organization.Invitation;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.ticket.EntryToken;
import dev.usher.ticket.Ticket;
import dev.usher.ticket.Tickets;
import dev.usher.ticket.UserInvitation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code /v1/tickets/accept}: the link in an invitation, and of tokens that let a user in. */
final class TicketRoutes {
    private final Store store;
    private final Entry entry;
    private final Tickets tickets;

    TicketRoutes(Store store, Entry entry, Tickets tickets) {
        this.store = store;
        this.entry = entry;
        this.tickets = tickets;
    }

    void mount(Router frontend) {
        frontend.add("GET", "/v1/tickets/accept", this::follow);
    }

    /** Leads whoever opens the link to where the ticket can be used; opening alone uses nothing up. */
    private Reply follow(Exchange exchange) {
        Secret secret = Secret.of(exchange.query("ticket").orElse(""));
        Instance instance = Instance.of(exchange);
        Ticket ticket = store.read(tx -> tickets.usable(tx, instance, secret.hash(), exchange.now()));
        if (ticket instanceof Ticket.Entry(EntryToken token) && token.isActors())
            store.change(tx -> signOut(tx, exchange));
        boolean known = store.read(tx -> tickets.user(tx, instance, ticket)).isPresent();
        String page =
                redirectUrl(ticket).orElseGet(() -> Instance.origin(exchange) + (known ? "/#/sign-in" : "/#/sign-up"));
        return Reply.redirect(303, withTicket(page, secret, known ? "sign_in" : "sign_up"))
                .header("Referrer-Policy", "no-referrer");
    }

    /** Whoever is to act as another user is nobody else in this browser. */
    private void signOut(WriteTx tx, Exchange exchange) {
        entry.signOut(tx, exchange);
    }

    private static Optional<String> redirectUrl(Ticket ticket) {
        return switch (ticket) {
            case Ticket.Entry entry -> Optional.empty();
            case Ticket.ToApplication(UserInvitation invitation) -> invitation.redirectUrl();
            case Ticket.ToOrganization(Invitation invitation) -> invitation.redirectUrl();
        };
    }

    /** The app's own page learns the ticket and what it is good for. The fragment stays at the end, where browsers keep it to themselves. */
    static String withTicket(String url, Secret ticket, String status) {
        int hash = url.indexOf('#');
        String before = hash < 0 ? url : url.substring(0, hash);
        String query = "__clerk_ticket=" + URLEncoder.encode(ticket.reveal(), StandardCharsets.UTF_8)
                + "&__clerk_status=" + status;
        return before + (before.contains("?") ? "&" : "?") + query + (hash < 0 ? "" : url.substring(hash));
    }
}
