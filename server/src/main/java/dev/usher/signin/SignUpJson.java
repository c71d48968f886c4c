package dev.usher.signin;

import dev.usher.base.Json;
import dev.usher.factor.Verification;
import dev.usher.factor.VerificationJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sign-up attempts on the wire (FAPI, object {@code sign_up_attempt}). */
final class SignUpJson {
    private SignUpJson() {}

    static ObjectNode of(SignUps.Shown shown, Instant now) {
        SignUp signUp = shown.signUp();
        ObjectNode json = Json.object().put("object", "sign_up_attempt").put("id", signUp.id());
        json.put("status", signUp.statusAt(now));
        json.set("required_fields", Json.texts(List.of("email_address", "password")));
        json.set("optional_fields", Json.texts(List.of("first_name", "last_name")));
        boolean complete = signUp.createdUserId().isPresent();
        json.set("missing_fields", Json.texts(complete ? List.of() : signUp.missingFields()));
        json.set("unverified_fields", Json.texts(complete ? List.of() : signUp.unverifiedFields()));
        json.set("verifications", verifications(shown, now));
        json.putNull("username");
        put(json, "email_address", signUp.emailAddress());
        json.putNull("phone_number").putNull("web3_wallet");
        json.put("password_enabled", signUp.passwordHash().isPresent());
        json.put("has_password", signUp.passwordHash().isPresent());
        put(json, "first_name", signUp.firstName());
        put(json, "last_name", signUp.lastName());
        json.set("unsafe_metadata", signUp.unsafeMetadata());
        json.putObject("public_metadata");
        json.put("custom_action", false).putNull("external_id");
        put(json, "created_session_id", signUp.createdSessionId());
        put(json, "created_user_id", signUp.createdUserId());
        json.put("abandon_at", signUp.abandonAt().toEpochMilli()).putNull("legal_accepted_at");
        put(json, "locale", signUp.locale());
        return json;
    }

    private static ObjectNode verifications(SignUps.Shown shown, Instant now) {
        ObjectNode json = Json.object();
        json.set("email_address", emailAddress(shown, now));
        return json.putNull("phone_number").putNull("web3_wallet").putNull("external_account");
    }

    private static JsonNode emailAddress(SignUps.Shown shown, Instant now) {
        if (shown.signUp().emailAddress().isEmpty()) return Json.object().nullNode();
        Optional<Verification> code = shown.verification();
        boolean proved = shown.signUp().emailAddressVerifiedAt().isPresent();
        ObjectNode json = code.map(one -> VerificationJson.of(one, now)).orElseGet(SignUpJson::unprepared);
        json.put("next_action", proved ? "" : code.isPresent() ? "needs_attempt" : "needs_prepare");
        json.set("supported_strategies", Json.texts(List.of(SignIns.EMAIL_CODE)));
        return json;
    }

    /** The prebuilt form sends a code by itself only while there is no strategy. */
    private static ObjectNode unprepared() {
        return Json.object()
                .put("object", "verification_otp")
                .put("status", "unverified")
                .putNull("strategy")
                .putNull("attempts")
                .putNull("expire_at");
    }

    private static void put(ObjectNode json, String name, Optional<String> value) {
        json.put(name, value.orElse(null));
    }
}
