package dev.usher.signin;

import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;

/** {@code /v1/client/sign_ins}. */
final class SignInRoutes {
    private static final String SIGN_IN = "/v1/client/sign_ins/{sign_in_id}";

    private final SignIns signIns;

    SignInRoutes(SignIns signIns) {
        this.signIns = signIns;
    }

    void mount(Router frontend) {
        frontend.add("POST", "/v1/client/sign_ins", this::create)
                .add("GET", SIGN_IN, this::get)
                .add("POST", SIGN_IN + "/prepare_first_factor", this::prepare)
                .add("POST", SIGN_IN + "/attempt_first_factor", this::attempt);
    }

    private Reply create(Exchange exchange) {
        return reply(
                exchange,
                signIns.create(
                        exchange,
                        exchange.form(
                                "strategy",
                                "identifier",
                                "password",
                                "redirect_url",
                                "action_complete_redirect_url",
                                "transfer",
                                "locale",
                                "timezone",
                                "sign_up_if_missing",
                                "captcha_token",
                                "captcha_error",
                                "captcha_widget_type",
                                "proof_token")));
    }

    private Reply get(Exchange exchange) {
        return reply(exchange, signIns.get(exchange, exchange.param("sign_in_id")));
    }

    private Reply prepare(Exchange exchange) {
        var form = exchange.form(
                "strategy",
                "email_address_id",
                "redirect_url",
                "action_complete_redirect_url",
                "default",
                "proof_token");
        return reply(exchange, signIns.prepare(exchange, exchange.param("sign_in_id"), form));
    }

    private Reply attempt(Exchange exchange) {
        var form = exchange.form("strategy", "code", "password");
        return reply(exchange, signIns.attempt(exchange, exchange.param("sign_in_id"), form));
    }

    private static Reply reply(Exchange exchange, SignIns.Shown shown) {
        return Reply.resource(SignInJson.of(shown, exchange.now())).withClient();
    }
}
