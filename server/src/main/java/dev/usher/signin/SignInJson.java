package dev.usher.signin;

import dev.usher.base.Json;
import dev.usher.factor.VerificationJson;
import dev.usher.user.EmailAddress;
import dev.usher.user.User;
import dev.usher.user.UserJson;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sign-in attempts on the wire (FAPI, object {@code sign_in_attempt}). */
final class SignInJson {
    private SignInJson() {}

    static ObjectNode of(SignIns.Shown shown, Instant now) {
        SignIn signIn = shown.signIn();
        String status = signIn.statusAt(now);
        ObjectNode json = Json.object().put("object", "sign_in_attempt").put("id", signIn.id());
        json.put("status", status);
        json.set("supported_identifiers", Json.texts(List.of("email_address")));
        json.set("supported_first_factors", status.equals("needs_first_factor") ? factors(shown) : json.nullNode());
        json.putNull("supported_second_factors");
        json.set("first_factor_verification", verification(shown, now));
        json.putNull("second_factor_verification");
        json.put("identifier", signIn.identifier().orElse(null));
        json.set("user_data", shown.user().<JsonNode>map(UserJson::signInData).orElse(json.nullNode()));
        json.put("created_session_id", signIn.createdSessionId().orElse(null));
        return json.put("abandon_at", signIn.abandonAt().toEpochMilli());
    }

    private static ArrayNode factors(SignIns.Shown shown) {
        ArrayNode factors = Json.array();
        shown.user().ifPresent(user -> {
            if (user.passwordHash().isPresent()) factors.addObject().put("strategy", SignIns.PASSWORD);
            user.emailAddresses().stream()
                    .filter(EmailAddress::canSignIn)
                    .forEach(address -> factors.add(emailCode(user, address)));
        });
        return factors;
    }

    private static ObjectNode emailCode(User user, EmailAddress address) {
        return Json.object()
                .put("strategy", SignIns.EMAIL_CODE)
                .put("safe_identifier", EmailAddress.masked(address.emailAddress()))
                .put("email_address_id", address.id())
                .put(
                        "primary",
                        user.primaryEmailAddressId()
                                .filter(address.id()::equals)
                                .isPresent());
    }

    private static JsonNode verification(SignIns.Shown shown, Instant now) {
        if (shown.signIn()
                .firstFactorStrategy()
                .filter(SignIns.PASSWORD::equals)
                .isPresent()) return VerificationJson.passedPassword();
        return shown.verification()
                .<JsonNode>map(one -> VerificationJson.of(one, now))
                .orElse(Json.object().nullNode());
    }
}
