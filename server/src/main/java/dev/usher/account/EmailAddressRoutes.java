package dev.usher.account;

import dev.usher.base.Json;
import dev.usher.factor.RateLimits;
import dev.usher.factor.VerificationJson;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.user.EmailAddress;
import dev.usher.user.UserJson;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/me/email_addresses}. */
final class EmailAddressRoutes {
    private static final String ALL = "/v1/me/email_addresses";
    private static final String ONE = ALL + "/{email_id}";

    private final EmailAddresses addresses;
    private final RateLimits limits;

    EmailAddressRoutes(EmailAddresses addresses, RateLimits limits) {
        this.addresses = addresses;
        this.limits = limits;
    }

    void mount(Router frontend) {
        frontend.add("GET", ALL, this::list)
                .add("POST", ALL, this::add)
                .add("GET", ONE, exchange -> reply(addresses.get(exchange, exchange.param("email_id"))))
                .add("DELETE", ONE, this::remove)
                .add("POST", ONE + "/prepare_verification", this::prepare)
                .add("POST", ONE + "/attempt_verification", this::attempt);
    }

    private Reply list(Exchange exchange) {
        var array = Json.array();
        addresses.all(exchange).forEach(address -> array.add(UserJson.emailAddress(address)));
        return Reply.bare(array);
    }

    private Reply add(Exchange exchange) {
        return reply(addresses.add(exchange, exchange.form("email_address")));
    }

    private Reply prepare(Exchange exchange) {
        Form form = exchange.form("strategy", "redirect_url", "action_complete_redirect_url");
        EmailAddresses.Prepared prepared = addresses.prepare(exchange, exchange.param("email_id"), form);
        ObjectNode json = UserJson.emailAddress(prepared.address());
        json.set("verification", VerificationJson.of(prepared.verification(), exchange.now()));
        return Reply.resource(json).withClient();
    }

    private Reply attempt(Exchange exchange) {
        limits.attempts(exchange);
        return reply(addresses.attempt(exchange, exchange.param("email_id"), exchange.form("code")));
    }

    private Reply remove(Exchange exchange) {
        exchange.form();
        String id = exchange.param("email_id");
        addresses.remove(exchange, id);
        return AccountRoom.deleted("email_address", id);
    }

    private static Reply reply(EmailAddress address) {
        return Reply.resource(UserJson.emailAddress(address)).withClient();
    }
}
