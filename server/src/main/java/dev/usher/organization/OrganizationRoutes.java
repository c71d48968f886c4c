package dev.usher.organization;

import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.http.OrganizationErrors;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.picture.Picture;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code /v1/organizations}: the organization itself, its picture and its roles. */
final class OrganizationRoutes {
    private static final String ALL = "/v1/organizations";
    private static final String ONE = ALL + "/{organization_id}";
    private static final Optional<String> PROFILE_MANAGE = Optional.of(Permission.PROFILE_MANAGE);
    private static final Optional<String> PROFILE_DELETE = Optional.of(Permission.PROFILE_DELETE);

    private final Store store;
    private final Authority authority;
    private final Organizations organizations;
    private final Roles roles;
    private final Logos logos;

    OrganizationRoutes(Store store, Authority authority, Organizations organizations, Roles roles, Logos logos) {
        this.store = store;
        this.authority = authority;
        this.organizations = organizations;
        this.roles = roles;
        this.logos = logos;
    }

    void mount(Router frontend) {
        Authority.Shape<Organization> shape = OrganizationJson::of;
        frontend.add("POST", ALL, this::create)
                .add(
                        "GET",
                        ONE,
                        authority.read(Authority.MEMBER, (tx, exchange, acting) -> acting.organization(), shape))
                .add("PATCH", ONE, authority.write(PROFILE_MANAGE, OrganizationRoutes::changes, this::update, shape))
                .add("DELETE", ONE, authority.write(PROFILE_DELETE, Exchange::form, this::delete, (e, gone) -> gone))
                .add("PUT", ONE + "/logo", authority.write(PROFILE_MANAGE, this::picture, this::setLogo, shape))
                .add(
                        "DELETE",
                        ONE + "/logo",
                        authority.write(PROFILE_MANAGE, Exchange::form, this::removeLogo, (e, gone) -> gone))
                .add(
                        "GET",
                        ONE + "/roles",
                        authority.read(Authority.MEMBER, this::roles, (e, page) -> rolesJson(page)));
        mountWhatIsOff(frontend);
    }

    private Reply create(Exchange exchange) {
        Form form = exchange.form("name", "slug");
        Instance instance = Instance.of(exchange);
        Organization made = store.write(tx -> {
            String userId = authority.user(tx, exchange);
            organizations.requireMayCreate(tx, instance, userId);
            var draft =
                    Organizations.Draft.usual(instance, form.required("name"), form.text("slug"), Optional.of(userId));
            return organizations.create(tx, instance, draft, exchange.now());
        });
        return Reply.resource(OrganizationJson.of(exchange, made)).withClient();
    }

    private static Form changes(Exchange exchange) {
        return exchange.form("name", "slug");
    }

    private Organization update(WriteTx tx, Exchange exchange, Acting acting, Form form) {
        return organizations.update(
                tx,
                Instance.of(exchange),
                acting.organization(),
                before -> before.named(
                        form.text("name").orElse(before.name()),
                        form.text("slug").or(before::slug)),
                exchange.now());
    }

    private JsonNode delete(WriteTx tx, Exchange exchange, Acting acting, Form ignored) {
        Organization organization = acting.organization();
        if (!organization.adminDeleteEnabled()) throw OrganizationErrors.adminDeleteDisabled();
        organizations.delete(tx, Instance.of(exchange), organization.id(), exchange.now());
        return OrganizationJson.deleted("organization", organization.id());
    }

    /** Nobody sends a picture's worth of bytes before it is known that they may. */
    private Picture picture(Exchange exchange) {
        authority.check(exchange, PROFILE_MANAGE);
        return Picture.ofUpload(exchange.upload("file", Picture.MOST_BYTES));
    }

    private Organization setLogo(WriteTx tx, Exchange exchange, Acting acting, Picture picture) {
        return logos.set(tx, Instance.of(exchange), acting.organization(), picture, exchange.now());
    }

    private JsonNode removeLogo(WriteTx tx, Exchange exchange, Acting acting, Form ignored) {
        String id = acting.organization().logoId().orElse("");
        logos.remove(tx, Instance.of(exchange), acting.organization(), exchange.now());
        return OrganizationJson.deleted("image", id);
    }

    private Page.Of<Role> roles(Tx tx, Exchange exchange, Acting acting) {
        return roles.list(tx, Instance.of(exchange), Page.of(exchange));
    }

    private static JsonNode rolesJson(Page.Of<Role> page) {
        return OrganizationJson.page(page, OrganizationJson::of).put("has_role_set_migration", false);
    }

    /** Verified domains are off: nobody has any, and nobody asks to be let in by one. */
    private void mountWhatIsOff(Router frontend) {
        Optional<String> readDomains = Optional.of(Permission.DOMAINS_READ);
        Optional<String> manageDomains = Optional.of(Permission.DOMAINS_MANAGE);
        Optional<String> manageMembers = Optional.of(Permission.MEMBERSHIPS_MANAGE);
        frontend.add("GET", ONE + "/domains", authority.read(readDomains, this::nothing, (e, none) -> none))
                .add(
                        "GET",
                        ONE + "/membership_requests",
                        authority.read(manageMembers, this::nothing, (e, none) -> none))
                .add(
                        "POST",
                        ONE + "/domains",
                        authority.write(
                                manageDomains,
                                exchange -> exchange.form("name", "enrollment_mode"),
                                (tx, exchange, acting, form) -> {
                                    throw OrganizationErrors.domainsDisabled();
                                },
                                (exchange, none) -> null));
        for (String answer : List.of("accept", "reject"))
            frontend.add(
                    "POST",
                    ONE + "/membership_requests/{request_id}/" + answer,
                    authority.write(manageMembers, Exchange::form, OrganizationRoutes::noRequest, (e, none) -> null));
    }

    private JsonNode nothing(Tx tx, Exchange exchange, Acting acting) {
        Page.of(exchange);
        return OrganizationJson.none();
    }

    private static Void noRequest(WriteTx tx, Exchange exchange, Acting acting, Form form) {
        throw Errors.notFound("membership request", exchange.param("request_id"));
    }
}
