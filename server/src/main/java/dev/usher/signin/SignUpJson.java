package dev.usher.signin;

import dev.usher.base.Json;
import dev.usher.factor.Offer;
import dev.usher.factor.Verification;
import dev.usher.factor.VerificationJson;
import dev.usher.ticket.Tickets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sign-up attempts on the wire (FAPI, object {@code sign_up_attempt}). */
final class SignUpJson {
    private SignUpJson() {}

    static ObjectNode of(SignUps.Shown shown, Instant now) {
        SignUp signUp = shown.signUp();
        ObjectNode json = Json.object().put("object", "sign_up_attempt").put("id", signUp.id());
        json.put("status", signUp.statusAt(now));
        List<String> identifiers = shown.settings().identifiers();
        boolean either = identifiers.size() > 1;
        json.set("required_fields", Json.texts(either ? List.of("password") : List.of("email_address", "password")));
        json.set("optional_fields", Json.texts(optional(either ? identifiers : List.of())));
        boolean complete = signUp.createdUserId().isPresent();
        json.set("missing_fields", Json.texts(complete ? List.of() : signUp.missingFields(identifiers)));
        json.set("unverified_fields", Json.texts(complete ? List.of() : signUp.unverifiedFields()));
        json.set("verifications", verifications(shown, now));
        json.putNull("username");
        put(json, "email_address", signUp.emailAddress());
        put(json, "phone_number", signUp.phoneNumber());
        json.putNull("web3_wallet");
        json.put("password_enabled", signUp.passwordHash().isPresent());
        json.put("has_password", signUp.passwordHash().isPresent());
        put(json, "first_name", signUp.firstName());
        put(json, "last_name", signUp.lastName());
        json.set("unsafe_metadata", signUp.unsafeMetadata());
        json.set("public_metadata", shown.publicMetadata());
        json.put("custom_action", false).putNull("external_id");
        put(json, "created_session_id", signUp.createdSessionId());
        put(json, "created_user_id", signUp.createdUserId());
        json.put("abandon_at", signUp.abandonAt().toEpochMilli()).putNull("legal_accepted_at");
        put(json, "locale", signUp.locale());
        return json;
    }

    private static List<String> optional(List<String> identifiers) {
        return Stream.concat(identifiers.stream(), Stream.of("first_name", "last_name"))
                .toList();
    }

    private static ObjectNode verifications(SignUps.Shown shown, Instant now) {
        SignUp signUp = shown.signUp();
        ObjectNode json = Json.object();
        json.set(
                "email_address",
                verification(
                        signUp.emailAddress(),
                        signUp.emailAddressVerifiedAt(),
                        shown.emailVerification(),
                        signUp.ticketHash().isPresent()
                                ? List.of(Tickets.STRATEGY)
                                : shown.settings().emailAddresses().strategies(),
                        now));
        json.set(
                "phone_number",
                verification(
                        signUp.phoneNumber(),
                        signUp.phoneNumberVerifiedAt(),
                        shown.phoneVerification(),
                        List.of(Offer.PHONE_CODE),
                        now));
        return json.putNull("web3_wallet").putNull("external_account");
    }

    private static JsonNode verification(
            Optional<String> identifier,
            Optional<Instant> provedAt,
            Optional<Verification> code,
            List<String> strategies,
            Instant now) {
        if (identifier.isEmpty()) return Json.object().nullNode();
        boolean byTicket = strategies.contains(Tickets.STRATEGY);
        ObjectNode json = byTicket
                ? VerificationJson.ofTicket()
                : code.map(one -> VerificationJson.of(one, now)).orElseGet(SignUpJson::unprepared);
        json.put("next_action", provedAt.isPresent() ? "" : code.isPresent() ? "needs_attempt" : "needs_prepare");
        json.set("supported_strategies", Json.texts(strategies));
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
