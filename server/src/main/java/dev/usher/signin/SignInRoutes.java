package dev.usher.signin;

import dev.usher.factor.RateLimits;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.http.Reply;
import dev.usher.http.Router;

/** {@code /v1/client/sign_ins}. */
final class SignInRoutes {
    private static final String SIGN_IN = "/v1/client/sign_ins/{sign_in_id}";

    private final SignIns signIns;
    private final TicketSignIns tickets;
    private final RateLimits limits;

    SignInRoutes(SignIns signIns, TicketSignIns tickets, RateLimits limits) {
        this.signIns = signIns;
        this.tickets = tickets;
        this.limits = limits;
    }

    void mount(Router frontend) {
        frontend.add("POST", "/v1/client/sign_ins", this::create)
                .add("GET", SIGN_IN, this::get)
                .add("POST", SIGN_IN + "/prepare_first_factor", this::prepare)
                .add("POST", SIGN_IN + "/attempt_first_factor", this::attempt)
                .add("POST", SIGN_IN + "/prepare_second_factor", this::prepareSecond)
                .add("POST", SIGN_IN + "/attempt_second_factor", this::attemptSecond)
                .add("POST", SIGN_IN + "/reset_password", this::resetPassword);
    }

    private Reply create(Exchange exchange) {
        Form form = exchange.form(
                "strategy",
                "identifier",
                "password",
                "ticket",
                "redirect_url",
                "action_complete_redirect_url",
                "transfer",
                "locale",
                "timezone",
                "sign_up_if_missing",
                "captcha_token",
                "captcha_error",
                "captcha_widget_type",
                "proof_token");
        limits.creates(exchange, form.text("identifier"));
        return reply(
                exchange,
                TicketSignIns.isMeant(form) ? tickets.create(exchange, form) : signIns.create(exchange, form));
    }

    private Reply get(Exchange exchange) {
        return reply(exchange, signIns.get(exchange, exchange.param("sign_in_id")));
    }

    private Reply prepare(Exchange exchange) {
        var form = exchange.form(
                "strategy",
                "email_address_id",
                "phone_number_id",
                "passkey_id",
                "channel",
                "redirect_url",
                "action_complete_redirect_url",
                "default",
                "proof_token");
        return reply(exchange, signIns.prepareFirst(exchange, exchange.param("sign_in_id"), form));
    }

    private Reply attempt(Exchange exchange) {
        limits.attempts(exchange);
        var form = exchange.form("strategy", "code", "password", "public_key_credential", "ticket");
        String id = exchange.param("sign_in_id");
        return reply(
                exchange,
                TicketSignIns.isMeant(form)
                        ? tickets.attempt(exchange, id, form)
                        : signIns.attemptFirst(exchange, id, form));
    }

    private Reply prepareSecond(Exchange exchange) {
        var form = exchange.form(
                "strategy", "phone_number_id", "email_address_id", "redirect_url", "channel", "proof_token");
        return reply(exchange, signIns.prepareSecond(exchange, exchange.param("sign_in_id"), form));
    }

    private Reply attemptSecond(Exchange exchange) {
        limits.attempts(exchange);
        var form = exchange.form("strategy", "code");
        return reply(exchange, signIns.attemptSecond(exchange, exchange.param("sign_in_id"), form));
    }

    private Reply resetPassword(Exchange exchange) {
        limits.attempts(exchange);
        var form = exchange.form("password", "sign_out_of_other_sessions");
        return reply(exchange, signIns.resetPassword(exchange, exchange.param("sign_in_id"), form));
    }

    private static Reply reply(Exchange exchange, SignIns.Shown shown) {
        return Reply.resource(SignInJson.of(exchange, shown)).withClient();
    }
}
