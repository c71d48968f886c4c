package dev.usher.backend;

import dev.usher.http.Body;
import dev.usher.http.Exchange;
import dev.usher.http.Given;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.organization.OrganizationJson;
import dev.usher.organization.Page;
import dev.usher.organization.Permissions;
import dev.usher.organization.Role;
import dev.usher.organization.Roles;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** {@code /v1/organization_roles}. */
final class OrganizationRoleRoutes {
    private static final String ALL = "/v1/organization_roles";
    private static final String ONE = ALL + "/{organization_role_id}";
    private static final String GRANT = ONE + "/permissions/{permission_id}";
    private static final Map<String, Comparator<Role>> ORDERS = Map.of(
            "created_at", Comparator.comparing(Role::createdAt),
            "name", Comparator.comparing(Role::name),
            "key", Comparator.comparing(Role::key));

    private final Store store;
    private final Roles roles;
    private final Permissions permissions;

    OrganizationRoleRoutes(Store store, Roles roles, Permissions permissions) {
        this.store = store;
        this.roles = roles;
        this.permissions = permissions;
    }

    void mount(Router backend) {
        backend.add("GET", ALL, this::list)
                .add("POST", ALL, this::create)
                .add("GET", ONE, exchange -> reply(store.read(tx -> role(tx, exchange))))
                .add("PATCH", ONE, this::update)
                .add("DELETE", ONE, this::delete)
                .add("POST", GRANT, this::grant)
                .add("DELETE", GRANT, this::withdraw);
    }

    private static String id(Exchange exchange) {
        return exchange.param("organization_role_id");
    }

    private Role role(Tx tx, Exchange exchange) {
        return roles.byId(tx, OrganizationView.instance(exchange), id(exchange));
    }

    private static Reply reply(Role role) {
        return Reply.bare(OrganizationJson.of(role));
    }

    private Reply list(Exchange exchange) {
        Instance instance = OrganizationView.instance(exchange);
        List<Role> all =
                store.read(tx -> roles.list(tx, instance, KeyedLists.ALL).data());
        Page.Of<Role> page = KeyedLists.page(
                exchange, all, ORDERS, role -> new KeyedLists.Names(role.id(), role.key(), role.name()));
        return OrganizationView.page(page, OrganizationJson::of);
    }

    private Reply create(Exchange exchange) {
        Body body = exchange.body("name", "key", "description", "permissions", "include_in_initial_role_set");
        body.flag("include_in_initial_role_set");
        var draft = new Roles.Draft(
                body.required("key"),
                body.required("name"),
                body.text("description").or(""));
        List<String> allowed = body.texts("permissions").or(List.of());
        Instance instance = OrganizationView.instance(exchange);
        return reply(store.write(tx -> roles.create(tx, instance, draft, allowed, exchange.now())));
    }

    private Reply update(Exchange exchange) {
        Body body = exchange.body("name", "key", "description", "permissions");
        Given<String> name = body.text("name");
        Given<String> key = body.text("key");
        Given<String> description = body.text("description");
        Given<List<String>> allowed = body.texts("permissions");
        return changed(exchange, (tx, role) -> {
            Instance instance = Instance.of(exchange);
            var draft = new Roles.Draft(key.or(role.key()), name.or(role.name()), description.or(role.description()));
            Role renamed = roles.update(tx, instance, role.id(), draft, exchange.now());
            return allowed.value()
                    .map(ids -> roles.setPermissions(tx, instance, renamed, keys(tx, instance, ids)))
                    .orElse(renamed);
        });
    }

    private List<String> keys(Tx tx, Instance instance, List<String> ids) {
        return ids.stream().map(id -> permissions.byId(tx, instance, id).key()).toList();
    }

    private Reply changed(Exchange exchange, BiFunction<WriteTx, Role, Role> change) {
        return reply(store.write(tx -> change.apply(tx, role(tx, exchange))));
    }

    private Reply grant(Exchange exchange) {
        exchange.body();
        String permission = exchange.param("permission_id");
        return changed(exchange, (tx, role) -> roles.grant(tx, Instance.of(exchange), role.id(), permission));
    }

    private Reply withdraw(Exchange exchange) {
        exchange.body();
        String permission = exchange.param("permission_id");
        return changed(exchange, (tx, role) -> roles.withdraw(tx, Instance.of(exchange), role.id(), permission));
    }

    private Reply delete(Exchange exchange) {
        exchange.body();
        Instance instance = OrganizationView.instance(exchange);
        store.change(tx -> roles.delete(tx, instance, id(exchange)));
        return Lists.deleted("role", id(exchange));
    }
}
