package dev.usher.organization;

import dev.usher.base.Json;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The members of an organization and those who are invited. */
final class MembershipRoutes {
    private static final String ONE = "/v1/organizations/{organization_id}";
    private static final String MEMBERS = ONE + "/memberships";
    private static final String INVITATIONS = ONE + "/invitations";
    private static final Optional<String> READ = Optional.of(Permission.MEMBERSHIPS_READ);
    private static final Optional<String> MANAGE = Optional.of(Permission.MEMBERSHIPS_MANAGE);
    private static final Page FIRST = new Page(500, 0);

    private final Authority authority;
    private final Memberships memberships;
    private final Invitations invitations;

    MembershipRoutes(Authority authority, Memberships memberships, Invitations invitations) {
        this.authority = authority;
        this.memberships = memberships;
        this.invitations = invitations;
    }

    void mount(Router frontend) {
        Authority.Shape<Memberships.Member> member = OrganizationJson::of;
        Authority.Shape<Invitation> invitation = (exchange, one) -> OrganizationJson.of(one);
        frontend.add("GET", MEMBERS, authority.read(READ, this::list, MembershipRoutes::membersJson))
                .add("POST", MEMBERS, authority.write(MANAGE, e -> e.form("user_id", "role"), this::add, member))
                .add(
                        "PATCH",
                        MEMBERS + "/{user_id}",
                        authority.write(MANAGE, e -> e.form("role"), this::change, member))
                .add("DELETE", MEMBERS + "/{user_id}", authority.write(MANAGE, Exchange::form, this::remove, member))
                .add(
                        "GET",
                        INVITATIONS,
                        authority.read(
                                MANAGE,
                                this::invitations,
                                (e, page) -> OrganizationJson.page(page, OrganizationJson::of)))
                .add("GET", INVITATIONS + "/pending", authority.read(MANAGE, this::pending, (e, list) -> json(list)))
                .add(
                        "POST",
                        INVITATIONS,
                        authority.write(
                                MANAGE, e -> e.form("email_address", "role", "notify"), this::invite, invitation))
                .add(
                        "POST",
                        INVITATIONS + "/bulk",
                        authority.write(MANAGE, MembershipRoutes::bulk, this::inviteAll, (e, list) -> json(list)))
                .add(
                        "POST",
                        INVITATIONS + "/{invitation_id}/revoke",
                        authority.write(MANAGE, Exchange::form, this::revoke, invitation));
    }

    private Page.Of<Memberships.Member> list(Tx tx, Exchange exchange, Acting acting) {
        var filter = Memberships.Filter.of(
                acting.organization().id(),
                exchange.query("query").filter(text -> !text.isBlank()),
                exchange.queryList("role"));
        return memberships.list(tx, Instance.of(exchange), filter, Page.of(exchange), exchange.now());
    }

    /** As a bare list for callers that ask for it. */
    static JsonNode membersJson(Exchange exchange, Page.Of<Memberships.Member> page) {
        var json = OrganizationJson.page(page, one -> OrganizationJson.of(exchange, one));
        return exchange.query("paginated").filter("false"::equals).isPresent() ? json.get("data") : json;
    }

    private Memberships.Member add(WriteTx tx, Exchange exchange, Acting acting, Form form) {
        var draft = Memberships.Draft.of(form.required("user_id"), form.required("role"));
        Membership made = memberships.add(tx, Instance.of(exchange), acting.organization(), draft, exchange.now());
        return memberships.member(tx, Instance.of(exchange), made);
    }

    private Memberships.Member change(WriteTx tx, Exchange exchange, Acting acting, Form form) {
        Membership changed = memberships.changeRole(
                tx, Instance.of(exchange), named(tx, exchange, acting), form.required("role"), exchange.now());
        return memberships.member(tx, Instance.of(exchange), changed);
    }

    private Memberships.Member remove(WriteTx tx, Exchange exchange, Acting acting, Form ignored) {
        Membership named = named(tx, exchange, acting);
        memberships.remove(tx, Instance.of(exchange), named, exchange.now());
        return memberships.member(tx, Instance.of(exchange), named);
    }

    private Membership named(Tx tx, Exchange exchange, Acting acting) {
        return memberships.get(
                tx, Instance.of(exchange), acting.organization().id(), exchange.param("user_id"), exchange.now());
    }

    private Page.Of<Invitation> invitations(Tx tx, Exchange exchange, Acting acting) {
        var filter = Invitations.Filter.ofOrganization(acting.organization().id(), statuses(exchange));
        return invitations.list(tx, Instance.of(exchange), filter, Page.of(exchange), exchange.now());
    }

    /** The statuses that the query names. */
    static List<Invitation.Status> statuses(Exchange exchange) {
        return exchange.queryList("status").stream()
                .map(MembershipRoutes::status)
                .distinct()
                .toList();
    }

    private static Invitation.Status status(String word) {
        for (Invitation.Status status : Invitation.Status.values())
            if (status.wire().equals(word)) return status;
        throw Errors.invalidValue("status", "status is pending, accepted, revoked or expired.");
    }

    private List<Invitation> pending(Tx tx, Exchange exchange, Acting acting) {
        var filter = Invitations.Filter.ofOrganization(acting.organization().id(), List.of(Invitation.Status.PENDING));
        return invitations
                .list(tx, Instance.of(exchange), filter, FIRST, exchange.now())
                .data();
    }

    private static JsonNode json(List<Invitation> list) {
        var array = Json.array();
        list.forEach(one -> array.add(OrganizationJson.of(one)));
        return array;
    }

    private Invitation invite(WriteTx tx, Exchange exchange, Acting acting, Form form) {
        return invite(tx, exchange, acting, form, List.of(form.required("email_address")))
                .getFirst();
    }

    private static Form bulk(Exchange exchange) {
        return exchange.formWithLists(Set.of("email_address"), "role", "notify");
    }

    private List<Invitation> inviteAll(WriteTx tx, Exchange exchange, Acting acting, Form form) {
        form.required("email_address");
        return invite(tx, exchange, acting, form, form.all("email_address"));
    }

    private List<Invitation> invite(WriteTx tx, Exchange exchange, Acting acting, Form form, List<String> addresses) {
        String role = form.required("role");
        boolean notify = form.text("notify").isEmpty()
                || form.oneOf("notify", Set.of("true", "false")).equals("true");
        var drafts = addresses.stream()
                .map(address -> Invitations.Draft.by(acting.userId(), address, role, notify))
                .toList();
        String origin = Instance.origin(exchange);
        return invitations
                .create(tx, Instance.of(exchange), acting.organization().id(), drafts, origin, exchange.now())
                .stream()
                .map(Invitations.Made::invitation)
                .toList();
    }

    private Invitation revoke(WriteTx tx, Exchange exchange, Acting acting, Form ignored) {
        return invitations.revoke(
                tx, Instance.of(exchange), acting.organization().id(), exchange.param("invitation_id"), exchange.now());
    }
}
