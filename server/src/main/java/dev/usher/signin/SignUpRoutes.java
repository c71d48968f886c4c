package dev.usher.signin;

import dev.usher.factor.RateLimits;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;

/** {@code /v1/client/sign_ups}. */
final class SignUpRoutes {
    private static final String SIGN_UP = "/v1/client/sign_ups/{sign_up_id}";
    private static final String[] FIELDS = {
        "email_address",
        "phone_number",
        "password",
        "first_name",
        "last_name",
        "unsafe_metadata",
        "strategy",
        "ticket",
        "locale",
        "timezone",
        "transfer",
        "redirect_url",
        "action_complete_redirect_url",
        "legal_accepted",
        "captcha_token",
        "captcha_error",
        "captcha_widget_type",
        "proof_token"
    };

    private final SignUps signUps;
    private final RateLimits limits;

    SignUpRoutes(SignUps signUps, RateLimits limits) {
        this.signUps = signUps;
        this.limits = limits;
    }

    void mount(Router frontend) {
        frontend.add("POST", "/v1/client/sign_ups", this::create)
                .add("GET", SIGN_UP, this::get)
                .add("PATCH", SIGN_UP, this::update)
                .add("POST", SIGN_UP + "/prepare_verification", this::prepare)
                .add("POST", SIGN_UP + "/attempt_verification", this::attempt);
    }

    private Reply create(Exchange exchange) {
        var form = exchange.form(FIELDS);
        limits.creates(exchange, form.text("email_address").or(() -> form.text("phone_number")));
        SignUps.sentStrategy(form).ifPresent(strategy -> SignUps.requireKnown(exchange, strategy));
        return reply(exchange, signUps.create(exchange, form));
    }

    private Reply get(Exchange exchange) {
        return reply(exchange, signUps.get(exchange, exchange.param("sign_up_id")));
    }

    private Reply update(Exchange exchange) {
        var form = exchange.form(FIELDS);
        SignUps.sentStrategy(form).ifPresent(strategy -> SignUps.requireKnown(exchange, strategy));
        return reply(exchange, signUps.update(exchange, exchange.param("sign_up_id"), form));
    }

    private Reply prepare(Exchange exchange) {
        var form = exchange.form("strategy", "redirect_url", "action_complete_redirect_url", "channel", "proof_token");
        return reply(exchange, signUps.prepare(exchange, exchange.param("sign_up_id"), form));
    }

    private Reply attempt(Exchange exchange) {
        limits.attempts(exchange);
        var form = exchange.form("strategy", "code");
        return reply(exchange, signUps.attempt(exchange, exchange.param("sign_up_id"), form));
    }

    private static Reply reply(Exchange exchange, SignUps.Shown shown) {
        return Reply.resource(SignUpJson.of(shown, exchange.now())).withClient();
    }
}
