package dev.usher.signin;

import dev.usher.base.Json;
import dev.usher.factor.Offer;
import dev.usher.factor.VerificationJson;
import dev.usher.http.Exchange;
import dev.usher.instance.Instance;
import dev.usher.user.User;
import dev.usher.user.UserJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sign-in attempts on the wire (FAPI, object {@code sign_in_attempt}). */
final class SignInJson {
    private SignInJson() {}

    static ObjectNode of(Exchange exchange, SignIns.Shown shown) {
        SignIn signIn = shown.signIn();
        String status = signIn.statusAt(exchange.now());
        ObjectNode json = Json.object().put("object", "sign_in_attempt").put("id", signIn.id());
        json.put("status", status);
        json.set("supported_identifiers", Json.texts(identifiers(exchange)));
        json.set("supported_first_factors", firstFactors(exchange, shown, status));
        json.set("supported_second_factors", secondFactors(shown, status));
        json.set("first_factor_verification", first(shown, exchange.now()));
        json.set("second_factor_verification", second(shown, exchange.now()));
        json.put("identifier", signIn.identifier().orElse(null));
        json.set(
                "user_data",
                visible(exchange, shown)
                        .<JsonNode>map(user -> UserJson.signInData(user, Instance.origin(exchange)))
                        .orElse(json.nullNode()));
        json.put("created_session_id", signIn.createdSessionId().orElse(null));
        return json.put("abandon_at", signIn.abandonAt().toEpochMilli());
    }

    private static List<String> identifiers(Exchange exchange) {
        return Instance.of(exchange).settings().factors().identifiers();
    }

    /** The user, as far as a caller who has proved nothing may know. */
    private static Optional<User> visible(Exchange exchange, SignIns.Shown shown) {
        boolean mayKnow =
                !SignInFactors.isStrict(exchange) || shown.signIn().firstAt().isPresent();
        return mayKnow ? shown.user() : Optional.empty();
    }

    private static JsonNode firstFactors(Exchange exchange, SignIns.Shown shown, String status) {
        if (!status.equals(SignIn.NEEDS_FIRST_FACTOR)) return Json.object().nullNode();
        if (shown.signIn().identifier().isEmpty()) return Offer.json(List.of(Offer.plain(Offer.PASSKEY)), false);
        List<Offer> offers = SignInFactors.isStrict(exchange)
                ? SignInFactors.alike(shown.signIn())
                : shown.user().map(user -> SignInFactors.first(exchange, user)).orElse(List.of());
        return Offer.json(offers, false);
    }

    private static JsonNode secondFactors(SignIns.Shown shown, String status) {
        if (!status.equals(SignIn.NEEDS_SECOND_FACTOR)) return Json.object().nullNode();
        return Offer.json(
                shown.user()
                        .map(user -> Offer.second(user, shown.signIn().firstIdentificationId()))
                        .orElse(List.of()),
                true);
    }

    private static JsonNode first(SignIns.Shown shown, Instant now) {
        SignIn signIn = shown.signIn();
        Optional<String> proved = signIn.firstAt().isPresent() ? signIn.firstStrategy() : Optional.empty();
        return VerificationJson.of(proved, shown.first(), now);
    }

    private static JsonNode second(SignIns.Shown shown, Instant now) {
        return VerificationJson.of(shown.signIn().secondStrategy(), shown.second(), now);
    }
}
