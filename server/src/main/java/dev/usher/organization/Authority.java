package dev.usher.organization;

import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Handler;
import dev.usher.http.OrganizationErrors;
import dev.usher.http.Reply;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.CurrentUser;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Who may do what: turns a deed and the permission that it needs into an operation. Whoever is no member of an organization
 * is told the same of it as of one that does not exist.
 */
final class Authority {
    /** For what every member may do. */
    static final Optional<String> MEMBER = Optional.empty();

    private final Store store;
    private final CurrentUser currentUser;
    private final Memberships memberships;

    Authority(Store store, CurrentUser currentUser, Memberships memberships) {
        this.store = store;
        this.currentUser = currentUser;
        this.memberships = memberships;
    }

    /** Looks something up for a member. */
    interface Look<R> {
        R look(Tx tx, Exchange exchange, Acting acting);
    }

    /** Changes something for a member, given what the request says. */
    interface Deed<I, R> {
        R done(WriteTx tx, Exchange exchange, Acting acting, I input);
    }

    /** How a result looks on the wire. */
    interface Shape<R> extends BiFunction<Exchange, R, @Nullable JsonNode> {}

    <R> Handler read(Optional<String> permission, Look<R> look, Shape<R> shape) {
        return exchange -> {
            R result = store.read(tx -> look.look(tx, exchange, acting(tx, exchange, permission)));
            return Reply.resource(shape.apply(exchange, result)).withClient();
        };
    }

    /** The request is read before the transaction begins, and the answer made after it. */
    <I, R> Handler write(Optional<String> permission, Function<Exchange, I> input, Deed<I, R> deed, Shape<R> shape) {
        return exchange -> {
            I given = input.apply(exchange);
            R result = store.write(tx -> deed.done(tx, exchange, acting(tx, exchange, permission), given));
            return Reply.resource(shape.apply(exchange, result)).withClient();
        };
    }

    /** Refuses whoever may not, before anything else is looked at. */
    void check(Exchange exchange, Optional<String> permission) {
        store.read(tx -> acting(tx, exchange, permission));
    }

    private Acting acting(Tx tx, Exchange exchange, Optional<String> permission) {
        Acting acting = acting(tx, exchange, exchange.param("organization_id"));
        permission.ifPresent(acting::require);
        return acting;
    }

    /** The signed-in user as a member of the organization. */
    private Acting acting(Tx tx, Exchange exchange, String organizationId) {
        String userId = user(tx, exchange);
        return memberships
                .find(tx, Instance.of(exchange), organizationId, userId, exchange.now())
                .map(Acting::new)
                .orElseThrow(OrganizationErrors::notFoundOrUnauthorized);
    }

    /** The signed-in user, where organizations are on. */
    String user(Tx tx, Exchange exchange) {
        String userId = currentUser.idOf(tx, exchange);
        if (!Instance.of(exchange).settings().organizations().enabled()) throw Errors.organizationsDisabled();
        return userId;
    }
}
