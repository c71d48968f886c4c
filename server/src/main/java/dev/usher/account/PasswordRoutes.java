package dev.usher.account;

import dev.usher.factor.RateLimits;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.user.User;
import dev.usher.user.UserJson;

/** {@code /v1/me/change_password} and {@code /v1/me/remove_password}. */
final class PasswordRoutes {
    private final PasswordChanges passwords;
    private final RateLimits limits;

    PasswordRoutes(PasswordChanges passwords, RateLimits limits) {
        this.passwords = passwords;
        this.limits = limits;
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

    private static Reply reply(Exchange exchange, User user) {
        return Reply.resource(UserJson.of(user, Instance.of(exchange).settings(), exchange.now()))
                .withClient();
    }
}
