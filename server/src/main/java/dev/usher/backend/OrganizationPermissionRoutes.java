package dev.usher.backend;

import dev.usher.http.Body;
import dev.usher.http.Exchange;
import dev.usher.http.Given;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.organization.OrganizationJson;
import dev.usher.organization.Page;
import dev.usher.organization.Permission;
import dev.usher.organization.Permissions;
import dev.usher.store.Store;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code /v1/organization_permissions}. Those of the Frontend API itself are listed and cannot be changed. */
final class OrganizationPermissionRoutes {
    private static final String ALL = "/v1/organization_permissions";
    private static final String ONE = ALL + "/{permission_id}";
    private static final Map<String, Comparator<Permission>> ORDERS = Map.of(
            "created_at", Comparator.comparing(Permission::createdAt),
            "name", Comparator.comparing(Permission::name),
            "key", Comparator.comparing(Permission::key));

    private final Store store;
    private final Permissions permissions;

    OrganizationPermissionRoutes(Store store, Permissions permissions) {
        this.store = store;
        this.permissions = permissions;
    }

    void mount(Router backend) {
        backend.add("GET", ALL, this::list)
                .add("POST", ALL, this::create)
                .add("GET", ONE, this::read)
                .add("PATCH", ONE, this::update)
                .add("DELETE", ONE, this::delete);
    }

    private static String id(Exchange exchange) {
        return exchange.param("permission_id");
    }

    private static Reply reply(Permission permission) {
        return Reply.bare(OrganizationJson.of(permission));
    }

    private Reply list(Exchange exchange) {
        Instance instance = OrganizationView.instance(exchange);
        List<Permission> all =
                store.read(tx -> permissions.list(tx, instance, KeyedLists.ALL).data());
        Page.Of<Permission> page =
                KeyedLists.page(exchange, all, ORDERS, one -> new KeyedLists.Names(one.id(), one.key(), one.name()));
        return OrganizationView.page(page, OrganizationJson::of);
    }

    private Reply read(Exchange exchange) {
        Instance instance = OrganizationView.instance(exchange);
        return reply(store.read(tx -> permissions.byId(tx, instance, id(exchange))));
    }

    private Reply create(Exchange exchange) {
        Body body = exchange.body("name", "key", "description");
        var draft = new Permissions.Draft(
                body.required("key"),
                body.required("name"),
                body.text("description").or(""));
        Instance instance = OrganizationView.instance(exchange);
        return reply(store.write(tx -> permissions.create(tx, instance, draft, exchange.now())));
    }

    private Reply update(Exchange exchange) {
        Body body = exchange.body("name", "key", "description");
        Given<String> name = body.text("name");
        Given<String> key = body.text("key");
        Given<String> description = body.text("description");
        Instance instance = OrganizationView.instance(exchange);
        return reply(store.write(tx -> {
            Permission before = permissions.byId(tx, instance, id(exchange));
            var draft = new Permissions.Draft(
                    key.or(before.key()), name.or(before.name()), description.or(before.description()));
            return permissions.update(tx, instance, before.id(), draft, exchange.now());
        }));
    }

    private Reply delete(Exchange exchange) {
        exchange.body();
        Instance instance = OrganizationView.instance(exchange);
        store.change(tx -> permissions.delete(tx, instance, id(exchange)));
        return Lists.deleted("permission", id(exchange));
    }
}
