package dev.usher.backend;

import dev.usher.http.Body;
import dev.usher.http.BodyErrors;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Order;
import dev.usher.http.Origins;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.organization.Invitation;
import dev.usher.organization.Invitations;
import dev.usher.organization.Memberships;
import dev.usher.organization.Organization;
import dev.usher.organization.Organizations;
import dev.usher.organization.Page;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.user.Accounts;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Invitations: of an organization, to a user, and of the whole instance. */
final class OrganizationInvitationRoutes {
    private static final String ALL = "/v1/organizations/{organization_id}/invitations";
    private static final String ONE = ALL + "/{invitation_id}";
    private static final int MOST_AT_ONCE = 10;
    private static final int MOST_DAYS = 365;
    private static final String[] FIELDS = {
        "email_address",
        "inviter_user_id",
        "role",
        "public_metadata",
        "private_metadata",
        "redirect_url",
        "expires_in_days",
        "notify"
    };

    private final Store store;
    private final Accounts accounts;
    private final Users users;
    private final Organizations organizations;
    private final Memberships memberships;
    private final Invitations invitations;

    OrganizationInvitationRoutes(
            Store store,
            Accounts accounts,
            Users users,
            Organizations organizations,
            Memberships memberships,
            Invitations invitations) {
        this.store = store;
        this.accounts = accounts;
        this.users = users;
        this.organizations = organizations;
        this.memberships = memberships;
        this.invitations = invitations;
    }

    void mount(Router backend) {
        backend.add("POST", ALL, this::create)
                .add("GET", ALL, exchange -> list(exchange, statuses(exchange)))
                .add("POST", ALL + "/bulk", this::createAll)
                .add("GET", ALL + "/pending", exchange -> list(exchange, List.of(Invitation.Status.PENDING)))
                .add("GET", ONE, this::read)
                .add("POST", ONE + "/revoke", this::revoke)
                .add("GET", "/v1/organization_invitations", this::listOfInstance)
                .add("GET", "/v1/users/{user_id}/organization_invitations", this::listOfUser);
    }

    private Organization organization(Tx tx, Exchange exchange) {
        return organizations.get(
                tx, OrganizationView.instance(exchange), exchange.param("organization_id"), exchange.now());
    }

    private Reply create(Exchange exchange) {
        Invitations.Draft draft = draft(exchange.body(FIELDS));
        return Reply.bare(made(exchange, List.of(draft)).getFirst());
    }

    private Reply createAll(Exchange exchange) {
        List<Body> bodies = exchange.bodies(FIELDS);
        if (bodies.isEmpty()) throw Errors.missing("email_address");
        if (bodies.size() > MOST_AT_ONCE) throw BodyErrors.tooManyElements("params", MOST_AT_ONCE);
        List<ObjectNode> made = made(
                exchange,
                bodies.stream().map(OrganizationInvitationRoutes::draft).toList());
        return Lists.page(made, json -> json, made.size());
    }

    private static Invitations.Draft draft(Body body) {
        Optional<String> redirect = body.text("redirect_url").value().filter(url -> !url.isEmpty());
        if (redirect.filter(url -> Origins.ofUrl(url).isEmpty()).isPresent())
            throw Errors.invalidFormat("redirect_url", "redirect_url must be an address on the web.");
        return new Invitations.Draft(
                body.required("email_address"),
                body.required("role"),
                body.text("inviter_user_id").value().filter(id -> !id.isEmpty()),
                redirect,
                body.flag("notify").or(true),
                validity(body),
                OrganizationRoutes.metadata(body, "public_metadata"),
                OrganizationRoutes.metadata(body, "private_metadata"));
    }

    private static Duration validity(Body body) {
        return body.number("expires_in_days")
                .map(days -> {
                    if (days < 1 || days > MOST_DAYS)
                        throw Errors.invalidValue("expires_in_days", "expires_in_days is from 1 to " + MOST_DAYS + ".");
                    return Duration.ofDays(days);
                })
                .or(Invitations.VALIDITY);
    }

    /** All of them or none. The link is told now and never again, since its secret is not kept. */
    private List<ObjectNode> made(Exchange exchange, List<Invitations.Draft> drafts) {
        Instance instance = OrganizationView.instance(exchange);
        String origin = Instance.origin(exchange);
        return store.write(tx -> {
            String organizationId = organization(tx, exchange).id();
            drafts.forEach(draft -> requireMember(tx, exchange, organizationId, draft.inviterId()));
            return invitations.create(tx, instance, organizationId, drafts, origin, exchange.now()).stream()
                    .map(made ->
                            json(tx, exchange, made.invitation()).put("url", Invitations.url(origin, made.ticket())))
                    .toList();
        });
    }

    private void requireMember(Tx tx, Exchange exchange, String organizationId, Optional<String> userId) {
        Instance instance = Instance.of(exchange);
        boolean isMember = userId.isEmpty()
                || memberships
                        .find(tx, instance, organizationId, userId.get(), exchange.now())
                        .isPresent();
        if (!isMember) throw Errors.resourceOfFormNotFound("inviter_user_id");
    }

    private ObjectNode json(Tx tx, Exchange exchange, Invitation invitation) {
        return OrganizationView.json(exchange, invitation, inviter(tx, Instance.of(exchange), invitation));
    }

    private Optional<User> inviter(Tx tx, Instance instance, Invitation invitation) {
        return invitation.inviterId().flatMap(id -> users.find(tx, instance, id));
    }

    private static List<Invitation.Status> statuses(Exchange exchange) {
        return Fields.values(exchange, "status").stream()
                .map(OrganizationInvitationRoutes::status)
                .toList();
    }

    private static Invitation.Status status(String word) {
        return Arrays.stream(Invitation.Status.values())
                .filter(status -> status.wire().equals(word))
                .findFirst()
                .orElseThrow(() -> Errors.invalidValue("status", "status is pending, accepted, revoked or expired."));
    }

    private Reply list(Exchange exchange, List<Invitation.Status> statuses) {
        return page(
                exchange,
                tx -> new Invitations.Filter(
                        Optional.of(organization(tx, exchange).id()),
                        Fields.text(exchange, "email_address"),
                        Optional.empty(),
                        statuses),
                (tx, one) -> json(tx, exchange, one));
    }

    private Reply listOfInstance(Exchange exchange) {
        var filter = new Invitations.Filter(
                Optional.empty(), Fields.text(exchange, "query"), Optional.empty(), statuses(exchange));
        return pageWithOrganizations(exchange, tx -> filter);
    }

    private Reply listOfUser(Exchange exchange) {
        Instance instance = OrganizationView.instance(exchange);
        List<Invitation.Status> statuses = statuses(exchange);
        return pageWithOrganizations(
                exchange,
                tx -> Invitations.Filter.ofOwner(
                        accounts.get(tx, instance, exchange.param("user_id")).id(), statuses));
    }

    private Reply pageWithOrganizations(Exchange exchange, Function<Tx, Invitations.Filter> filter) {
        Instance instance = OrganizationView.instance(exchange);
        return page(
                exchange,
                filter,
                (tx, one) -> OrganizationView.jsonWithOrganization(exchange, one, inviter(tx, instance, one)));
    }

    /** How one of a list looks. */
    private interface Shape {
        ObjectNode json(Tx tx, Invitation invitation);
    }

    private Reply page(Exchange exchange, Function<Tx, Invitations.Filter> filter, Shape shape) {
        Instance instance = OrganizationView.instance(exchange);
        Page page = Page.of(exchange);
        Order order = Order.of(exchange, "-created_at", Invitations.ORDERS);
        return store.read(tx -> {
            var found = invitations.list(tx, instance, filter.apply(tx), order, page, exchange.now());
            return OrganizationView.page(found, one -> shape.json(tx, one));
        });
    }

    private Reply read(Exchange exchange) {
        Instance instance = OrganizationView.instance(exchange);
        return Reply.bare(store.read(tx -> json(
                tx,
                exchange,
                invitations.get(
                        tx,
                        instance,
                        organization(tx, exchange).id(),
                        exchange.param("invitation_id"),
                        exchange.now()))));
    }

    private Reply revoke(Exchange exchange) {
        Optional<String> asking =
                exchange.body("requesting_user_id").text("requesting_user_id").value();
        Instance instance = OrganizationView.instance(exchange);
        return Reply.bare(store.write(tx -> {
            String organizationId = organization(tx, exchange).id();
            if (asking.isPresent()
                    && memberships
                            .find(tx, instance, organizationId, asking.get(), exchange.now())
                            .isEmpty()) throw Errors.resourceOfFormNotFound("requesting_user_id");
            String id = exchange.param("invitation_id");
            return json(tx, exchange, invitations.revoke(tx, instance, organizationId, id, exchange.now()));
        }));
    }
}
