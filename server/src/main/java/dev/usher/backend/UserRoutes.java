package dev.usher.backend;

import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Order;
import dev.usher.http.Paging;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.user.User;
import dev.usher.user.UserFilter;
import dev.usher.user.UserSearch;
import dev.usher.user.Users;
import java.util.List;
import java.util.Optional;

/** {@code /v1/users}: lists of users, and one with all that belongs to it. */
final class UserRoutes {
    private static final String NEWEST_FIRST = "-created_at";

    private final Store store;
    private final Users users;
    private final UserSearch search;
    private final UserWrites writes;

    UserRoutes(Store store, Users users, UserSearch search, UserWrites writes) {
        this.store = store;
        this.users = users;
        this.search = search;
        this.writes = writes;
    }

    void mount(Router backend) {
        backend.add("GET", "/v1/users", this::list)
                .add("GET", "/v1/users/count", this::count)
                .add("POST", "/v1/users", this::create)
                .add("GET", "/v1/users/{user_id}", this::read)
                .add("PATCH", "/v1/users/{user_id}", this::update)
                .add("DELETE", "/v1/users/{user_id}", this::delete);
    }

    private Reply list(Exchange exchange) {
        UserFilter filter = UserFilters.of(exchange);
        Order order = Order.of(exchange, NEWEST_FIRST, UserSearch.ORDERS);
        Paging paging = Paging.of(exchange);
        Optional<String> cursor = Fields.text(exchange, "starting_after");
        if (cursor.isPresent()) requireStable(order, paging);
        List<User> found = store.read(tx -> cursor.isEmpty()
                ? search.list(tx, Instance.of(exchange), filter, order, paging)
                : search.listAfter(
                        tx, Instance.of(exchange), filter, last(tx, exchange, cursor.get()), order, paging.limit()));
        return Lists.list(found, user -> UserView.json(exchange, user));
    }

    /** A cursor holds its place only in an order that nothing moves. */
    private static void requireStable(Order order, Paging paging) {
        if (!order.column().equals("created_at"))
            throw Errors.invalidValue("order_by", "With starting_after the order is by created_at.");
        if (paging.offset() > 0) throw Errors.invalidValue("offset", "With starting_after there is no offset.");
    }

    private User last(Tx tx, Exchange exchange, String id) {
        return users.find(tx, Instance.of(exchange), id)
                .orElseThrow(() -> Errors.resourceOfFormNotFound("starting_after"));
    }

    private Reply count(Exchange exchange) {
        UserFilter filter = UserFilters.of(exchange);
        return Lists.count(store.read(tx -> search.count(tx, Instance.of(exchange), filter)));
    }

    private Reply read(Exchange exchange) {
        User user = store.read(tx -> users.find(tx, Instance.of(exchange), exchange.param("user_id")))
                .orElseThrow(() -> Errors.notFound("user", exchange.param("user_id")));
        return UserView.reply(exchange, user);
    }

    private Reply create(Exchange exchange) {
        Body body = exchange.body(AccountFields.with(
                "email_address",
                "email_address_identification_status",
                "phone_number",
                "phone_number_identification_status",
                "web3_wallet",
                "skip_password_requirement",
                "skip_user_requirement",
                "public_metadata",
                "private_metadata",
                "unsafe_metadata",
                "banned",
                "locked"));
        return UserView.reply(exchange, writes.create(exchange, body));
    }

    private Reply update(Exchange exchange) {
        Body body = exchange.body(AccountFields.with(
                "primary_email_address_id",
                "notify_primary_email_address_changed",
                "primary_phone_number_id",
                "primary_web3_wallet_id",
                "profile_image_id",
                "sign_out_of_other_sessions"));
        return UserView.reply(exchange, writes.update(exchange, exchange.param("user_id"), body));
    }

    private Reply delete(Exchange exchange) {
        exchange.body();
        writes.delete(exchange, exchange.param("user_id"));
        return Lists.deleted("user", exchange.param("user_id"));
    }
}
