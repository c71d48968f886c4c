package dev.usher.factor;

import dev.usher.base.Json;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Verifications on the wire. */
public final class VerificationJson {
    private VerificationJson() {}

    /** The verification of what was sent, a code or a link. */
    public static ObjectNode of(Verification verification, Instant now) {
        boolean isLink = verification.strategy().equals(Offer.EMAIL_LINK);
        ObjectNode json = Json.object()
                .put("object", isLink ? "verification_email_link" : "verification_otp")
                .put("status", verification.statusAt(now))
                .put("strategy", verification.strategy())
                .put("attempts", verification.attempts())
                .put("expire_at", verification.expireAt().toEpochMilli());
        verification.verifiedAtClient().ifPresent(id -> json.put("verified_at_client", id));
        return verification.strategy().endsWith("phone_code") ? json.put("channel", "sms") : json;
    }

    /**
     * The verification of a factor's step: of what proved it, else of what was sent or asked last; null when nothing was.
     *
     * @param proved the strategy that proved it
     */
    public static JsonNode of(Optional<String> proved, Factors.Prepared prepared, Instant now) {
        if (proved.filter(strategy -> !Offer.isSent(strategy)).isPresent()) return passed(proved.get(), now);
        if (prepared.code().isPresent()) return of(prepared.code().get(), now);
        return prepared.challenge()
                .<JsonNode>map(challenge -> of(challenge, now))
                .orElse(Json.object().nullNode());
    }

    /** A challenge with what the browser is to be asked with. */
    public static ObjectNode of(Challenge challenge, Instant now) {
        boolean over = challenge.usedAt().isPresent();
        boolean late = !now.isBefore(challenge.expireAt());
        return Json.object()
                .put("object", "verification_passkey")
                .put("status", over ? "failed" : late ? "expired" : "unverified")
                .put("strategy", Offer.PASSKEY)
                .put("attempts", over ? 1 : 0)
                .put("expire_at", challenge.expireAt().toEpochMilli())
                .put("nonce", challenge.options());
    }

    /** An address that an invitation proved. */
    public static ObjectNode ofTicket() {
        return Json.object()
                .put("object", "verification_ticket")
                .put("status", "verified")
                .put("strategy", "ticket")
                .putNull("attempts")
                .putNull("expire_at");
    }

    /** A factor that was right, where nothing had been sent for it. */
    private static ObjectNode passed(String strategy, Instant now) {
        ObjectNode json = Json.object()
                .put("object", "verification_" + strategy)
                .put("status", "verified")
                .put("strategy", strategy)
                .put("attempts", 1);
        return strategy.equals(Offer.PASSKEY) ? json.put("expire_at", now.toEpochMilli()) : json.putNull("expire_at");
    }
}
