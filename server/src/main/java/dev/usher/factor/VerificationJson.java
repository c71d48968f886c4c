package dev.usher.factor;

import dev.usher.base.Json;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** Verifications on the wire. */
public final class VerificationJson {
    private VerificationJson() {}

    /** A code's verification. */
    public static ObjectNode of(Verification verification, Instant now) {
        ObjectNode json = Json.object()
                .put("object", "verification_otp")
                .put("status", verification.statusAt(now))
                .put("strategy", verification.strategy())
                .put("attempts", verification.attempts())
                .put("expire_at", verification.expireAt().toEpochMilli());
        return verification.strategy().endsWith("phone_code") ? json.put("channel", "sms") : json;
    }

    /** A password that was right. */
    public static ObjectNode passedPassword() {
        return Json.object()
                .put("object", "verification_password")
                .put("status", "verified")
                .put("strategy", "password")
                .put("attempts", 1)
                .putNull("expire_at");
    }
}
