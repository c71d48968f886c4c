package dev.usher.organization;

import dev.usher.base.Secret;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.OrganizationErrors;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.user.Users;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The link in an invitation, and the pictures that pages show. */
final class TicketRoutes {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Store store;
    private final Invitations invitations;
    private final Users users;
    private final Logos logos;

    TicketRoutes(Store store, Invitations invitations, Users users, Logos logos) {
        this.store = store;
        this.invitations = invitations;
        this.users = users;
        this.logos = logos;
    }

    void mount(Router frontend, Router pages) {
        frontend.add("GET", "/v1/tickets/accept", this::follow);
        pages.add("GET", OrganizationJson.PICTURES + "{id}", this::picture);
    }

    /** Leads whoever opens the link to where it can be used; opening alone uses nothing up. */
    private Reply follow(Exchange exchange) {
        Secret ticket = Secret.of(exchange.query("ticket").orElse(""));
        String target = store.read(tx -> target(tx, exchange, ticket));
        return Reply.redirect(303, target).header("Referrer-Policy", "no-referrer");
    }

    private String target(Tx tx, Exchange exchange, Secret ticket) {
        Instance instance = Instance.of(exchange);
        Invitation invitation = invitations
                .byTicket(tx, instance, ticket, exchange.now())
                .orElseThrow(OrganizationErrors::ticketInvalid);
        Invitations.requirePending(invitation);
        boolean known = users.findByEmailAddress(tx, instance, invitation.emailAddress())
                .isPresent();
        return invitation
                .redirectUrl()
                .map(url -> withTicket(url, ticket, known ? "sign_in" : "sign_up"))
                .orElse(OrganizationJson.origin(exchange) + (known ? "/#/sign-in" : "/#/sign-up"));
    }

    /** The app's own page learns the ticket and what it is good for. The fragment stays at the end, where browsers keep it to themselves. */
    static String withTicket(String url, Secret ticket, String status) {
        int hash = url.indexOf('#');
        String before = hash < 0 ? url : url.substring(0, hash);
        String query = "__clerk_ticket=" + URLEncoder.encode(ticket.reveal(), StandardCharsets.UTF_8)
                + "&__clerk_status=" + status;
        return before + (before.contains("?") ? "&" : "?") + query + (hash < 0 ? "" : url.substring(hash));
    }

    private Reply picture(Exchange exchange) {
        Optional<Picture> found =
                store.read(tx -> logos.find(tx, exchange.site().id(), exchange.param("id")));
        Picture picture = found.orElseThrow(Errors::noSuchRoute);
        return Reply.bytes(200, picture.contentType(), picture.content()).header("Cache-Control", FOR_EVER);
    }
}
