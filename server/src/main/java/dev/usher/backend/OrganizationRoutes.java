package dev.usher.backend;

import dev.usher.base.Json;
import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Given;
import dev.usher.http.Order;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.organization.Logos;
import dev.usher.organization.Organization;
import dev.usher.organization.Organizations;
import dev.usher.organization.Page;
import dev.usher.picture.Picture;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.Metadata;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/organizations}: each by its id or its slug. */
final class OrganizationRoutes {
    private static final String ALL = "/v1/organizations";
    private static final String ONE = ALL + "/{organization_id}";
    private static final Map<String, String> ORDERS = Map.of(
            "created_at", Organizations.Order.CREATED_AT.name(),
            "name", Organizations.Order.NAME.name(),
            "members_count", Organizations.Order.MEMBERS_COUNT.name());

    private final Store store;
    private final Organizations organizations;
    private final Logos logos;

    OrganizationRoutes(Store store, Organizations organizations, Logos logos) {
        this.store = store;
        this.organizations = organizations;
        this.logos = logos;
    }

    void mount(Router backend) {
        backend.add("GET", ALL, this::list)
                .add("POST", ALL, this::create)
                .add("GET", ONE, exchange -> reply(exchange, store.read(tx -> organization(tx, exchange))))
                .add("PATCH", ONE, this::update)
                .add("DELETE", ONE, this::delete)
                .add("PATCH", ONE + "/metadata", exchange -> setMetadata(exchange, Metadata::merged))
                .add("PUT", ONE + "/metadata", exchange -> setMetadata(exchange, (present, given) -> given))
                .add("PUT", ONE + "/logo", this::setLogo)
                .add("DELETE", ONE + "/logo", this::removeLogo);
    }

    private Organization organization(Tx tx, Exchange exchange) {
        return organizations.get(
                tx, OrganizationView.instance(exchange), exchange.param("organization_id"), exchange.now());
    }

    private static Reply reply(Exchange exchange, Organization organization) {
        return Reply.bare(OrganizationView.json(exchange, organization));
    }

    private Reply list(Exchange exchange) {
        Instance instance = OrganizationView.instance(exchange);
        Order order = Order.of(exchange, "-created_at", ORDERS);
        var filter = new Organizations.Filter(
                Fields.text(exchange, "query"),
                Fields.values(exchange, "organization_id"),
                Fields.values(exchange, "user_id"),
                Organizations.Order.valueOf(order.column()),
                order.descending());
        Page page = Page.of(exchange);
        return OrganizationView.page(
                store.read(tx -> organizations.list(tx, instance, filter, page, exchange.now())),
                one -> OrganizationView.json(exchange, one));
    }

    private Reply create(Exchange exchange) {
        Instance instance = OrganizationView.instance(exchange);
        Body body = exchange.body(
                "name",
                "created_by",
                "private_metadata",
                "public_metadata",
                "slug",
                "max_allowed_memberships",
                "created_at",
                "role_set_key");
        refuseRoleSets(body);
        var usual = instance.settings().organizations();
        var draft = new Organizations.Draft(
                body.required("name"),
                body.text("slug").value().filter(slug -> !slug.isEmpty()),
                body.text("created_by").value().filter(id -> !id.isEmpty()),
                Fields.count(body, "max_allowed_memberships").or(usual.maxAllowedMemberships()),
                usual.adminDelete(),
                metadata(body, "public_metadata"),
                metadata(body, "private_metadata"),
                Fields.pastTime(body, "created_at", exchange.now()).value());
        return reply(exchange, store.write(tx -> organizations.create(tx, instance, draft, exchange.now())));
    }

    private static void refuseRoleSets(Body body) {
        if (body.text("role_set_key").value().filter(key -> !key.isEmpty()).isPresent())
            throw Errors.invalidValue("role_set_key", "This server has no role sets.");
    }

    static ObjectNode metadata(Body body, String field) {
        return Metadata.checked(field, body.object(field).or(Json.object()));
    }

    private Reply changed(Exchange exchange, UnaryOperator<Organization> change) {
        Instance instance = OrganizationView.instance(exchange);
        return reply(
                exchange,
                store.write(
                        tx -> organizations.update(tx, instance, organization(tx, exchange), change, exchange.now())));
    }

    private Reply update(Exchange exchange) {
        Body body = exchange.body(
                "name", "slug", "max_allowed_memberships", "admin_delete_enabled", "created_at", "role_set_key");
        refuseRoleSets(body);
        Given<String> name = body.text("name");
        Optional<String> slug = body.text("slug").value();
        Given<Integer> most = Fields.count(body, "max_allowed_memberships");
        Given<Boolean> adminDelete = body.flag("admin_delete_enabled");
        Given<Instant> createdAt = Fields.pastTime(body, "created_at", exchange.now());
        return changed(
                exchange,
                before -> new Organization(
                        before.id(),
                        name.or(before.name()),
                        slug.or(before::slug),
                        most.or(before.maxAllowedMemberships()),
                        before.membersCount(),
                        before.pendingInvitationsCount(),
                        adminDelete.or(before.adminDeleteEnabled()),
                        before.publicMetadata(),
                        before.privateMetadata(),
                        before.createdBy(),
                        before.logoId(),
                        createdAt.or(before.createdAt()),
                        before.updatedAt()));
    }

    /** Lays the given objects over the present ones, or puts them in their place. */
    private Reply setMetadata(Exchange exchange, BiFunction<JsonNode, ObjectNode, ObjectNode> put) {
        Body body = exchange.body("public_metadata", "private_metadata");
        Given<ObjectNode> open = body.object("public_metadata");
        Given<ObjectNode> hidden = body.object("private_metadata");
        return changed(
                exchange,
                before -> new Organization(
                        before.id(),
                        before.name(),
                        before.slug(),
                        before.maxAllowedMemberships(),
                        before.membersCount(),
                        before.pendingInvitationsCount(),
                        before.adminDeleteEnabled(),
                        metadata("public_metadata", before.publicMetadata(), open, put),
                        metadata("private_metadata", before.privateMetadata(), hidden, put),
                        before.createdBy(),
                        before.logoId(),
                        before.createdAt(),
                        before.updatedAt()));
    }

    static JsonNode metadata(
            String field, JsonNode present, Given<ObjectNode> given, BiFunction<JsonNode, ObjectNode, ObjectNode> put) {
        Optional<JsonNode> after = given.value().map(object -> Metadata.checked(field, put.apply(present, object)));
        return after.orElse(present);
    }

    private Reply delete(Exchange exchange) {
        exchange.body();
        Instance instance = OrganizationView.instance(exchange);
        Organization gone = store.write(tx -> {
            Organization organization = organization(tx, exchange);
            organizations.delete(tx, instance, organization.id(), exchange.now());
            return organization;
        });
        return Lists.deleted("organization", gone.id());
    }

    private Reply setLogo(Exchange exchange) {
        Picture picture = Picture.of(exchange.upload("file", Picture.MOST_BYTES));
        return logo(exchange, (tx, one) -> logos.set(tx, Instance.of(exchange), one, picture, exchange.now()));
    }

    private Reply removeLogo(Exchange exchange) {
        return logo(exchange, (tx, one) -> logos.remove(tx, Instance.of(exchange), one, exchange.now()));
    }

    private Reply logo(Exchange exchange, BiFunction<WriteTx, Organization, Organization> change) {
        return reply(exchange, store.write(tx -> change.apply(tx, organization(tx, exchange))));
    }
}
