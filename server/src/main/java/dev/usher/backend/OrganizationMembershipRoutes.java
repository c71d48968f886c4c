package dev.usher.backend;

import dev.usher.http.Body;
import dev.usher.http.Exchange;
import dev.usher.http.Given;
import dev.usher.http.Order;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.organization.Membership;
import dev.usher.organization.Memberships;
import dev.usher.organization.Organization;
import dev.usher.organization.Organizations;
import dev.usher.organization.Page;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.Accounts;
import dev.usher.user.Metadata;
import dev.usher.user.User;
import dev.usher.user.UserFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Memberships: of an organization, of a user, and of the whole instance. */
final class OrganizationMembershipRoutes {
    private static final String ALL = "/v1/organizations/{organization_id}/memberships";
    private static final String ONE = ALL + "/{user_id}";
    private static final Map<String, String> ORDERS = Stream.of(Memberships.Order.values())
            .map(Enum::name)
            .collect(Collectors.toUnmodifiableMap(name -> name.toLowerCase(java.util.Locale.ROOT), name -> name));

    private final Store store;
    private final Accounts accounts;
    private final Organizations organizations;
    private final Memberships memberships;

    OrganizationMembershipRoutes(Store store, Accounts accounts, Organizations organizations, Memberships memberships) {
        this.store = store;
        this.accounts = accounts;
        this.organizations = organizations;
        this.memberships = memberships;
    }

    void mount(Router backend) {
        backend.add("GET", ALL, this::list)
                .add("POST", ALL, this::add)
                .add("PATCH", ONE, this::changeRole)
                .add("DELETE", ONE, this::remove)
                .add("PATCH", ONE + "/metadata", this::mergeMetadata)
                .add("GET", "/v1/organization_memberships", this::listAll)
                .add("GET", "/v1/users/{user_id}/organization_memberships", this::listOfUser);
    }

    private Organization organization(Tx tx, Exchange exchange) {
        return organizations.get(
                tx, OrganizationView.instance(exchange), exchange.param("organization_id"), exchange.now());
    }

    private Reply list(Exchange exchange) {
        UserFilter users = UserFilters.of(exchange);
        List<String> roles = Fields.values(exchange, "role");
        return page(exchange, tx -> Optional.of(organization(tx, exchange).id()), users, roles);
    }

    private Reply listAll(Exchange exchange) {
        return page(exchange, tx -> Optional.empty(), UserFilter.NONE, List.of());
    }

    /** Finds out whose memberships are listed. */
    private interface Scope {
        Optional<String> organizationId(Tx tx);
    }

    private Reply page(Exchange exchange, Scope scope, UserFilter users, List<String> roles) {
        Instance instance = OrganizationView.instance(exchange);
        Order order = Order.of(exchange, "-created_at", ORDERS);
        Page page = Page.of(exchange);
        var found = store.read(tx -> {
            var filter = new Memberships.Filter(
                    scope.organizationId(tx),
                    users,
                    Optional.empty(),
                    roles,
                    Memberships.Order.valueOf(order.column()),
                    order.descending());
            return memberships.list(tx, instance, filter, page, exchange.now());
        });
        return OrganizationView.page(found, one -> OrganizationView.json(exchange, one));
    }

    private Reply listOfUser(Exchange exchange) {
        Instance instance = OrganizationView.instance(exchange);
        Page page = Page.of(exchange);
        var found = store.read(tx -> {
            User user = accounts.get(tx, instance, exchange.param("user_id"));
            var of = memberships.ofUser(tx, instance, user.id(), page, exchange.now());
            List<Memberships.Member> members = of.data().stream()
                    .map(one -> new Memberships.Member(one, user))
                    .toList();
            return new Page.Of<>(members, of.totalCount());
        });
        return OrganizationView.page(found, one -> OrganizationView.json(exchange, one));
    }

    private Reply add(Exchange exchange) {
        Body body = exchange.body("user_id", "role", "public_metadata", "private_metadata");
        var draft = new Memberships.Draft(
                body.required("user_id"),
                body.required("role"),
                OrganizationRoutes.metadata(body, "public_metadata"),
                OrganizationRoutes.metadata(body, "private_metadata"));
        Instance instance = OrganizationView.instance(exchange);
        return reply(exchange, store.write(tx -> {
            Organization organization = organization(tx, exchange);
            return member(tx, instance, memberships.add(tx, instance, organization, draft, exchange.now()));
        }));
    }

    private Memberships.Member member(Tx tx, Instance instance, Membership membership) {
        return memberships.member(tx, instance, membership);
    }

    private static Reply reply(Exchange exchange, Memberships.Member member) {
        return Reply.bare(OrganizationView.json(exchange, member));
    }

    private Reply changeRole(Exchange exchange) {
        String role = exchange.body("role").required("role");
        Instance instance = OrganizationView.instance(exchange);
        return changed(exchange, (tx, one) -> memberships.changeRole(tx, instance, one, role, exchange.now()));
    }

    private Reply mergeMetadata(Exchange exchange) {
        Body body = exchange.body("public_metadata", "private_metadata");
        Given<ObjectNode> open = body.object("public_metadata");
        Given<ObjectNode> hidden = body.object("private_metadata");
        Instance instance = OrganizationView.instance(exchange);
        return changed(
                exchange,
                (tx, one) ->
                        memberships.update(tx, instance, one, before -> merged(before, open, hidden), exchange.now()));
    }

    private static Membership merged(Membership before, Given<ObjectNode> open, Given<ObjectNode> hidden) {
        return new Membership(
                before.id(),
                before.organization(),
                before.userId(),
                before.role(),
                OrganizationRoutes.metadata("public_metadata", before.publicMetadata(), open, Metadata::merged),
                OrganizationRoutes.metadata("private_metadata", before.privateMetadata(), hidden, Metadata::merged),
                before.createdAt(),
                before.updatedAt());
    }

    private Reply changed(Exchange exchange, BiFunction<WriteTx, Membership, Membership> change) {
        Instance instance = OrganizationView.instance(exchange);
        return reply(exchange, store.write(tx -> member(tx, instance, change.apply(tx, membership(tx, exchange)))));
    }

    private Membership membership(Tx tx, Exchange exchange) {
        Instance instance = OrganizationView.instance(exchange);
        String organizationId = organization(tx, exchange).id();
        return memberships.get(tx, instance, organizationId, exchange.param("user_id"), exchange.now());
    }

    /** Answers with the membership as it was. */
    private Reply remove(Exchange exchange) {
        exchange.body();
        Instance instance = OrganizationView.instance(exchange);
        return reply(exchange, store.write(tx -> {
            Memberships.Member member = member(tx, instance, membership(tx, exchange));
            memberships.remove(tx, instance, member.membership(), exchange.now());
            return member;
        }));
    }
}
