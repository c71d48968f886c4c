package dev.usher.account;

import dev.usher.factor.RateLimits;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.store.Store;
import dev.usher.user.Affiliations;
import dev.usher.user.User;
import dev.usher.user.UserJson;
import tools.jackson.databind.JsonNode;

/** {@code /v1/me/change_password} and {@code /v1/me/remove_password}. */
final class PasswordRoutes {
    private final PasswordChanges passwords;
    private final RateLimits limits;
    private final Store store;
    private final Affiliations affiliations;

    PasswordRoutes(PasswordChanges passwords, RateLimits limits, Store store, Affiliations affiliations) {
        this.passwords = passwords;
        this.limits = limits;
        this.store = store;
        this.affiliations = affiliations;
    }

    void mount(Router frontend) {
        frontend.add("POST", "/v1/me/change_password", this::change)
                .add("POST", "/v1/me/remove_password", this::remove);
    }

    private Reply change(Exchange exchange) {
        limits.attempts(exchange);
        var form = exchange.form("current_password", "new_password", "sign_out_of_other_sessions");
        return reply(exchange, passwords.change(exchange, form));
    }

    private Reply remove(Exchange exchange) {
        limits.attempts(exchange);
        return reply(exchange, passwords.remove(exchange, exchange.form("current_password")));
    }

    private Reply reply(Exchange exchange, User user) {
        JsonNode memberships = store.read(tx -> affiliations.of(tx, exchange, user.id()));
        return Reply.resource(UserJson.of(exchange, user, memberships)).withClient();
    }
}
