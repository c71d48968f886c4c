package dev.usher.account;

import dev.usher.base.Json;
import dev.usher.factor.RateLimits;
import dev.usher.factor.VerificationJson;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.user.PhoneNumber;
import dev.usher.user.UserJson;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/me/phone_numbers}. */
final class PhoneNumberRoutes {
    private static final String ALL = "/v1/me/phone_numbers";
    private static final String ONE = ALL + "/{phone_number_id}";

    private final PhoneNumbers numbers;
    private final RateLimits limits;

    PhoneNumberRoutes(PhoneNumbers numbers, RateLimits limits) {
        this.numbers = numbers;
        this.limits = limits;
    }

    void mount(Router frontend) {
        frontend.add("GET", ALL, this::list)
                .add("POST", ALL, this::add)
                .add("GET", ONE, exchange -> reply(numbers.get(exchange, id(exchange))))
                .add("PATCH", ONE, this::update)
                .add("DELETE", ONE, this::remove)
                .add("POST", ONE + "/prepare_verification", this::prepare)
                .add("POST", ONE + "/attempt_verification", this::attempt);
    }

    private static String id(Exchange exchange) {
        return exchange.param("phone_number_id");
    }

    private Reply list(Exchange exchange) {
        var array = Json.array();
        numbers.all(exchange).forEach(number -> array.add(UserJson.phoneNumber(number)));
        return Reply.bare(array);
    }

    private Reply add(Exchange exchange) {
        return reply(numbers.add(exchange, exchange.form("phone_number", "reserved_for_second_factor")));
    }

    private Reply prepare(Exchange exchange) {
        Form form = exchange.form("strategy", "channel", "proof_token");
        PhoneNumbers.Prepared prepared = numbers.prepare(exchange, id(exchange), form);
        ObjectNode json = UserJson.phoneNumber(prepared.number());
        json.set("verification", VerificationJson.of(prepared.verification(), exchange.now()));
        return Reply.resource(json).withClient();
    }

    private Reply attempt(Exchange exchange) {
        limits.attempts(exchange);
        return reply(numbers.attempt(exchange, id(exchange), exchange.form("code")));
    }

    private Reply update(Exchange exchange) {
        Form form = exchange.form("reserved_for_second_factor", "default_second_factor");
        PhoneNumbers.Updated updated = numbers.update(exchange, id(exchange), form);
        ObjectNode json = UserJson.phoneNumber(updated.number());
        if (!updated.backupCodes().isEmpty()) json.set("backup_codes", Json.texts(updated.backupCodes()));
        return Reply.resource(json).withClient();
    }

    private Reply remove(Exchange exchange) {
        exchange.form();
        numbers.remove(exchange, id(exchange));
        return AccountRoom.deleted("phone_number", id(exchange));
    }

    private static Reply reply(PhoneNumber number) {
        return Reply.resource(UserJson.phoneNumber(number)).withClient();
    }
}
