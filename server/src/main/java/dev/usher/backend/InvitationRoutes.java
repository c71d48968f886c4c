package dev.usher.backend;

import dev.usher.base.Json;
import dev.usher.http.Body;
import dev.usher.http.BodyErrors;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Order;
import dev.usher.http.Origins;
import dev.usher.http.Paging;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.ticket.Tickets;
import dev.usher.ticket.UserInvitation;
import dev.usher.ticket.UserInvitations;
import dev.usher.user.Metadata;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/invitations}: invitations to the application. */
final class InvitationRoutes {
    private static final String ALL = "/v1/invitations";
    private static final int MOST_AT_ONCE = 10;
    private static final int MOST_DAYS = 365;
    private static final Map<String, String> ORDERS =
            Map.of("created_at", "created_at", "email_address", "email_address", "expires_at", "expire_at");
    private static final String[] FIELDS = {
        "email_address",
        "public_metadata",
        "redirect_url",
        "notify",
        "ignore_existing",
        "expires_in_days",
        "template_slug"
    };

    private final Store store;
    private final UserInvitations invitations;

    InvitationRoutes(Store store, UserInvitations invitations) {
        this.store = store;
        this.invitations = invitations;
    }

    void mount(Router backend) {
        backend.add("POST", ALL, this::create)
                .add("GET", ALL, this::list)
                .add("POST", ALL + "/bulk", this::createAll)
                .add("POST", ALL + "/{invitation_id}/revoke", this::revoke);
    }

    private Reply create(Exchange exchange) {
        UserInvitations.Draft draft = draft(exchange.body(FIELDS));
        return Reply.bare(made(exchange, List.of(draft)).getFirst());
    }

    private Reply createAll(Exchange exchange) {
        List<Body> bodies = exchange.bodies(FIELDS);
        if (bodies.isEmpty()) throw Errors.missing("email_address");
        if (bodies.size() > MOST_AT_ONCE) throw BodyErrors.tooManyElements("params", MOST_AT_ONCE);
        List<UserInvitations.Draft> drafts =
                bodies.stream().map(InvitationRoutes::draft).toList();
        return Lists.list(made(exchange, drafts), json -> json);
    }

    private static UserInvitations.Draft draft(Body body) {
        Optional<String> redirect = body.text("redirect_url").value().filter(url -> !url.isEmpty());
        if (redirect.filter(url -> Origins.ofUrl(url).isEmpty()).isPresent())
            throw Errors.invalidFormat("redirect_url", "redirect_url must be an address on the web.");
        body.text("template_slug").value().ifPresent(InvitationRoutes::requireKnown);
        return new UserInvitations.Draft(
                body.required("email_address"),
                redirect,
                body.flag("notify").or(true),
                body.flag("ignore_existing").or(false),
                validity(body),
                body.object("public_metadata")
                        .map(metadata -> Metadata.checked("public_metadata", metadata))
                        .or(Json.object()));
    }

    private static void requireKnown(String slug) {
        if (!slug.equals("invitation"))
            throw Errors.invalidValue("template_slug", "There is one text for invitations: invitation.");
    }

    private static Duration validity(Body body) {
        return body.number("expires_in_days")
                .map(days -> {
                    if (days < 1 || days > MOST_DAYS)
                        throw Errors.invalidValue("expires_in_days", "expires_in_days is from 1 to " + MOST_DAYS + ".");
                    return Duration.ofDays(days);
                })
                .or(UserInvitations.VALIDITY);
    }

    /** All of them or none. The link is told now and never again, since its secret is not kept. */
    private List<ObjectNode> made(Exchange exchange, List<UserInvitations.Draft> drafts) {
        String origin = Instance.origin(exchange);
        return store.write(tx -> invitations.create(tx, Instance.of(exchange), drafts, origin, exchange.now())).stream()
                .map(made -> json(made.invitation()).put("url", Tickets.url(origin, made.ticket())))
                .toList();
    }

    private Reply list(Exchange exchange) {
        Instance instance = Instance.of(exchange);
        var filter = new UserInvitations.Filter(
                Fields.text(exchange, "status").map(InvitationRoutes::status), Fields.text(exchange, "query"));
        Order order = Order.of(exchange, "-created_at", ORDERS);
        Paging paging = Paging.of(exchange);
        return store.read(tx -> Lists.listOrPage(
                exchange,
                invitations.list(tx, instance, filter, order, paging, exchange.now()),
                InvitationRoutes::json,
                invitations.count(tx, instance, filter, exchange.now())));
    }

    private static UserInvitation.Status status(String word) {
        return Arrays.stream(UserInvitation.Status.values())
                .filter(status -> status.wire().equals(word))
                .findFirst()
                .orElseThrow(() -> Errors.invalidValue("status", "status is pending, accepted, revoked or expired."));
    }

    private Reply revoke(Exchange exchange) {
        exchange.body();
        String id = exchange.param("invitation_id");
        return Reply.bare(json(store.write(tx -> invitations.revoke(tx, Instance.of(exchange), id, exchange.now()))));
    }

    private static ObjectNode json(UserInvitation invitation) {
        ObjectNode json = Json.object()
                .put("object", "invitation")
                .put("id", invitation.id())
                .put("email_address", invitation.emailAddress());
        json.set("public_metadata", invitation.publicMetadata());
        return json.put("revoked", invitation.status() == UserInvitation.Status.REVOKED)
                .put("status", invitation.status().wire())
                .put("expires_at", invitation.expireAt().toEpochMilli())
                .put("created_at", invitation.createdAt().toEpochMilli())
                .put("updated_at", invitation.updatedAt().toEpochMilli());
    }
}
