package dev.usher.organization;

import dev.usher.base.Json;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.OrganizationErrors;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.user.User;
import dev.usher.user.Users;
import tools.jackson.databind.JsonNode;

/** {@code /v1/me/organization_…}: what the signed-in person belongs to and is invited to. */
final class MyOrganizationRoutes {
    private static final String MEMBERSHIPS = "/v1/me/organization_memberships";
    private static final String INVITATIONS = "/v1/me/organization_invitations";
    private static final String SUGGESTIONS = "/v1/me/organization_suggestions";

    private final Store store;
    private final Authority authority;
    private final Users users;
    private final Memberships memberships;
    private final Invitations invitations;

    MyOrganizationRoutes(
            Store store, Authority authority, Users users, Memberships memberships, Invitations invitations) {
        this.store = store;
        this.authority = authority;
        this.users = users;
        this.memberships = memberships;
        this.invitations = invitations;
    }

    void mount(Router frontend) {
        frontend.add("GET", MEMBERSHIPS, this::memberships)
                .add("DELETE", MEMBERSHIPS + "/{organization_id}", this::leave)
                .add("GET", INVITATIONS, this::invitations)
                .add("POST", INVITATIONS + "/{invitation_id}/accept", this::accept)
                .add("GET", SUGGESTIONS, this::suggestions)
                .add("POST", SUGGESTIONS + "/{suggestion_id}/accept", this::acceptSuggestion)
                .add("GET", "/v1/me/organization_creation_defaults", this::creationDefaults);
    }

    private Reply memberships(Exchange exchange) {
        Instance instance = Instance.of(exchange);
        Page page = Page.of(exchange);
        Page.Of<Memberships.Member> found = store.read(tx -> {
            User user = user(tx, exchange);
            var mine = memberships.ofUser(tx, instance, user.id(), page, exchange.now());
            return new Page.Of<>(
                    mine.data().stream()
                            .map(one -> new Memberships.Member(one, user))
                            .toList(),
                    mine.totalCount());
        });
        return reply(MembershipRoutes.membersJson(exchange, found));
    }

    private Reply leave(Exchange exchange) {
        exchange.form();
        Membership left = store.write(tx -> {
            Membership mine = memberships
                    .find(
                            tx,
                            Instance.of(exchange),
                            exchange.param("organization_id"),
                            authority.user(tx, exchange),
                            exchange.now())
                    .orElseThrow(OrganizationErrors::notFoundOrUnauthorized);
            memberships.remove(tx, Instance.of(exchange), mine, exchange.now());
            return mine;
        });
        return reply(OrganizationJson.deleted("organization_membership", left.id()));
    }

    private Reply invitations(Exchange exchange) {
        Page page = Page.of(exchange);
        var statuses = MembershipRoutes.statuses(exchange);
        Page.Of<Invitation> found = store.read(tx -> invitations.list(
                tx,
                Instance.of(exchange),
                Invitations.Filter.ofOwner(authority.user(tx, exchange), statuses),
                page,
                exchange.now()));
        return reply(OrganizationJson.page(found, one -> OrganizationJson.toInvited(exchange, one)));
    }

    private Reply accept(Exchange exchange) {
        exchange.form();
        Invitation accepted = store.write(tx -> invitations.accept(
                tx, Instance.of(exchange), user(tx, exchange), exchange.param("invitation_id"), exchange.now()));
        return reply(OrganizationJson.toInvited(exchange, accepted));
    }

    /** Verified domains are off, so nothing is ever suggested. */
    private Reply suggestions(Exchange exchange) {
        Page.of(exchange);
        store.read(tx -> authority.user(tx, exchange));
        return reply(OrganizationJson.none());
    }

    private Reply acceptSuggestion(Exchange exchange) {
        exchange.form();
        store.read(tx -> authority.user(tx, exchange));
        throw Errors.notFound("organization suggestion", exchange.param("suggestion_id"));
    }

    /** Nothing is known of an organization that is not made yet. */
    private Reply creationDefaults(Exchange exchange) {
        store.read(tx -> authority.user(tx, exchange));
        var json = Json.object();
        json.putObject("form").putNull("name").putNull("logo");
        return reply(json.putNull("advisory"));
    }

    private User user(Tx tx, Exchange exchange) {
        return users.find(tx, Instance.of(exchange), authority.user(tx, exchange))
                .orElseThrow(Errors::authenticationInvalid);
    }

    private static Reply reply(JsonNode json) {
        return Reply.resource(json).withClient();
    }
}
