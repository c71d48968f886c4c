package dev.usher.backend;

import dev.usher.base.Json;
import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.OrganizationErrors;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.organization.Memberships;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.ticket.EntryToken;
import dev.usher.ticket.EntryTokens;
import dev.usher.ticket.Tickets;
import dev.usher.user.Users;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/sign_in_tokens} and {@code /v1/actor_tokens}. */
final class EntryTokenRoutes {
    private static final Duration SIGN_IN_VALIDITY = Duration.ofDays(30);
    private static final Duration ACTOR_VALIDITY = Duration.ofHours(1);
    private static final Duration ACTOR_SESSION = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int MOST_ACTOR_BYTES = 1024;

    private final Store store;
    private final Users users;
    private final Memberships memberships;
    private final EntryTokens tokens;

    EntryTokenRoutes(Store store, Users users, Memberships memberships, EntryTokens tokens) {
        this.store = store;
        this.users = users;
        this.memberships = memberships;
        this.tokens = tokens;
    }

    void mount(Router backend) {
        backend.add("POST", "/v1/sign_in_tokens", this::createSignInToken)
                .add("POST", "/v1/sign_in_tokens/{sign_in_token_id}/revoke", exchange -> {
                    return revoke(exchange, exchange.param("sign_in_token_id"), false);
                })
                .add("POST", "/v1/actor_tokens", this::createActorToken)
                .add("POST", "/v1/actor_tokens/{actor_token_id}/revoke", exchange -> {
                    return revoke(exchange, exchange.param("actor_token_id"), true);
                });
    }

    private Reply createSignInToken(Exchange exchange) {
        Body body = exchange.body("user_id", "org_id", "expires_in_seconds");
        var draft = new EntryTokens.Draft(
                body.required("user_id"),
                seconds(body, "expires_in_seconds", SIGN_IN_VALIDITY),
                Optional.empty(),
                body.text("org_id").value().filter(id -> !id.isEmpty()));
        return reply(exchange, store.write(tx -> {
            Instance instance = Instance.of(exchange);
            if (users.find(tx, instance, draft.userId()).isEmpty()) throw Errors.notFound("user", draft.userId());
            draft.organizationId().ifPresent(id -> requireMember(tx, exchange, draft.userId(), id));
            return tokens.create(tx, instance, draft, exchange.now());
        }));
    }

    private void requireMember(Tx tx, Exchange exchange, String userId, String organizationId) {
        Instance instance = OrganizationView.instance(exchange);
        if (memberships
                .find(tx, instance, organizationId, userId, exchange.now())
                .isEmpty()) throw OrganizationErrors.notFoundOrUnauthorized();
    }

    private Reply createActorToken(Exchange exchange) {
        Body body = exchange.body("user_id", "actor", "expires_in_seconds", "session_max_duration_in_seconds");
        var actor = new EntryTokens.Actor(
                Json.text(actor(body)), seconds(body, "session_max_duration_in_seconds", ACTOR_SESSION));
        var draft = new EntryTokens.Draft(
                body.required("user_id"),
                seconds(body, "expires_in_seconds", ACTOR_VALIDITY),
                Optional.of(actor),
                Optional.empty());
        return reply(exchange, store.write(tx -> {
            Instance instance = Instance.of(exchange);
            if (users.find(tx, instance, draft.userId()).isEmpty()) throw Errors.resourceOfFormNotFound("user_id");
            return tokens.create(tx, instance, draft, exchange.now());
        }));
    }

    /** It stands in every session token: one that fits no cookie would be of no use. */
    private static ObjectNode actor(Body body) {
        ObjectNode actor = body.present("actor", body.object("actor"), ObjectNode::isEmpty);
        if (!actor.path("sub").isString() || actor.path("sub").asString().isEmpty())
            throw Errors.invalidValue("actor", "actor names who acts in sub.");
        if (Json.bytes(actor).length > MOST_ACTOR_BYTES)
            throw Errors.invalidValue("actor", "actor may have " + MOST_ACTOR_BYTES + " bytes at most.");
        return actor;
    }

    private static Duration seconds(Body body, String name, Duration usual) {
        return body.number(name)
                .map(seconds -> {
                    if (seconds < 1 || seconds > LONGEST.toSeconds())
                        throw Errors.invalidValue(name, name + " is from 1 to " + LONGEST.toSeconds() + ".");
                    return Duration.ofSeconds(seconds);
                })
                .or(usual);
    }

    private Reply revoke(Exchange exchange, String id, boolean isActors) {
        exchange.body();
        return Reply.bare(
                json(store.write(tx -> tokens.revoke(tx, Instance.of(exchange), id, isActors, exchange.now()))));
    }

    /** The secret is told now and never again, since it is not kept. */
    private static Reply reply(Exchange exchange, EntryTokens.Made made) {
        return Reply.bare(json(made.token())
                .put("token", made.ticket().reveal())
                .put("url", Tickets.url(Instance.origin(exchange), made.ticket())));
    }

    private static ObjectNode json(EntryToken token) {
        ObjectNode json = Json.object()
                .put("object", token.isActors() ? "actor_token" : "sign_in_token")
                .put("id", token.id())
                .put("status", token.status().wire())
                .put("user_id", token.userId());
        token.actor().ifPresent(actor -> json.set("actor", Json.parse(actor)));
        return json.put("created_at", token.createdAt().toEpochMilli())
                .put("updated_at", token.updatedAt().toEpochMilli());
    }
}
