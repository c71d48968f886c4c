package dev.usher.account;

import dev.usher.factor.Passkeys;
import dev.usher.factor.VerificationJson;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.user.UserJson;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/me/passkeys}. */
final class PasskeyRoutes {
    private static final String ALL = "/v1/me/passkeys";
    private static final String ONE = ALL + "/{passkey_id}";

    private final OwnPasskeys passkeys;

    PasskeyRoutes(OwnPasskeys passkeys) {
        this.passkeys = passkeys;
    }

    void mount(Router frontend) {
        frontend.add("POST", ALL, this::begin)
                .add("GET", ONE, exchange -> reply(exchange, passkeys.get(exchange, id(exchange))))
                .add("PATCH", ONE, this::rename)
                .add("DELETE", ONE, this::remove)
                .add("POST", ONE + "/attempt_verification", this::attempt);
    }

    private static String id(Exchange exchange) {
        return exchange.param("passkey_id");
    }

    private Reply begin(Exchange exchange) {
        exchange.form();
        Passkeys.Begun begun = passkeys.begin(exchange);
        return reply(exchange, new OwnPasskeys.Shown(begun.passkey(), Optional.of(begun.challenge())));
    }

    private Reply attempt(Exchange exchange) {
        var form = exchange.form("strategy", "public_key_credential");
        return reply(exchange, passkeys.attempt(exchange, id(exchange), form));
    }

    private Reply rename(Exchange exchange) {
        return reply(exchange, passkeys.rename(exchange, id(exchange), exchange.form("name")));
    }

    private Reply remove(Exchange exchange) {
        exchange.form();
        passkeys.remove(exchange, id(exchange));
        return AccountRoom.deleted("passkey", id(exchange));
    }

    private static Reply reply(Exchange exchange, OwnPasskeys.Shown shown) {
        ObjectNode json = UserJson.passkey(shown.passkey());
        shown.challenge().ifPresent(asked -> json.set("verification", VerificationJson.of(asked, exchange.now())));
        return Reply.resource(json).withClient();
    }
}
