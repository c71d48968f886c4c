package dev.usher.reverification;

import dev.usher.base.Json;
import dev.usher.factor.Offer;
import dev.usher.factor.VerificationJson;
import dev.usher.http.Exchange;
import dev.usher.instance.Instance;
import dev.usher.session.SessionJson;
import dev.usher.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reverifications on the wire (FAPI, object {@code session_reverification}). */
final class ReverificationJson {
    private final SessionJson sessions;

    ReverificationJson(SessionJson sessions) {
        this.sessions = sessions;
    }

    /** The session in it carries the new ages and a token that was minted after them. */
    ObjectNode of(Exchange exchange, Reverifications.Shown shown) {
        Reverification found = shown.reverification();
        Instant now = exchange.now();
        ObjectNode json = Json.object()
                .put("object", "session_reverification")
                .put("level", found.level().wire())
                .put("status", found.status());
        json.set("session", sessions.of(exchange, shown.session()));
        json.set("supported_first_factors", firstFactors(exchange, shown));
        json.set("supported_second_factors", secondFactors(shown));
        json.set("first_factor_verification", VerificationJson.of(strategy(found.first()), shown.first(), now));
        json.set("second_factor_verification", VerificationJson.of(strategy(found.second()), shown.second(), now));
        return json;
    }

    private static Optional<String> strategy(Optional<Reverification.Proved> proved) {
        return proved.map(Reverification.Proved::strategy);
    }

    private static JsonNode firstFactors(Exchange exchange, Reverifications.Shown shown) {
        if (shown.reverification().due().isEmpty()) return Json.object().nullNode();
        User user = shown.session().user();
        return Offer.json(
                Offer.first(user, Instance.of(exchange).settings().factors(), List.of(Offer.EMAIL_CODE)), false);
    }

    private static JsonNode secondFactors(Reverifications.Shown shown) {
        Reverification found = shown.reverification();
        if (found.due().filter(Level.Step.SECOND::equals).isEmpty())
            return Json.object().nullNode();
        return Offer.json(Offer.second(shown.session().user(), found.usedAlready()), true);
    }
}
