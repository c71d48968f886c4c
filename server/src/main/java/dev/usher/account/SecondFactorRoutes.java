package dev.usher.account;

import dev.usher.base.Json;
import dev.usher.factor.BackupCodes;
import dev.usher.factor.RateLimits;
import dev.usher.factor.Totp;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import tools.jackson.databind.JsonNode;

/** {@code /v1/me/totp} and {@code /v1/me/backup_codes}. */
final class SecondFactorRoutes {
    private static final String TOTP = "/v1/me/totp";

    private final Totps totps;
    private final SecondFactors secondFactors;
    private final RateLimits limits;

    SecondFactorRoutes(Totps totps, SecondFactors secondFactors, RateLimits limits) {
        this.totps = totps;
        this.secondFactors = secondFactors;
        this.limits = limits;
    }

    void mount(Router frontend) {
        frontend.add("POST", TOTP, this::enrol)
                .add("POST", TOTP + "/attempt_verification", this::verify)
                .add("DELETE", TOTP, this::remove)
                .add("POST", "/v1/me/backup_codes", this::newCodes);
    }

    private Reply enrol(Exchange exchange) {
        exchange.form();
        Totp.Enrolment made = totps.enrol(exchange);
        return Reply.resource(Json.object()
                        .put("object", "totp")
                        .put("id", made.id())
                        .put("secret", made.secret())
                        .put("uri", made.uri())
                        .put("verified", false)
                        .putNull("backup_codes")
                        .put("created_at", made.createdAt().toEpochMilli())
                        .put("updated_at", made.createdAt().toEpochMilli()))
                .withClient();
    }

    private Reply verify(Exchange exchange) {
        limits.attempts(exchange);
        Totps.Verified verified = totps.verify(exchange, exchange.form("code"));
        long now = exchange.now().toEpochMilli();
        var json = Json.object()
                .put("object", "totp")
                .put("id", verified.id())
                .putNull("secret")
                .putNull("uri")
                .put("verified", true);
        JsonNode codes = verified.backupCodes().isEmpty() ? json.nullNode() : Json.texts(verified.backupCodes());
        json.set("backup_codes", codes);
        return Reply.resource(json.put("created_at", now).put("updated_at", now))
                .withClient();
    }

    private Reply remove(Exchange exchange) {
        exchange.form();
        return AccountRoom.deleted("totp", totps.remove(exchange));
    }

    private Reply newCodes(Exchange exchange) {
        exchange.form();
        BackupCodes.Made made = secondFactors.newCodes(exchange);
        long now = made.createdAt().toEpochMilli();
        var json = Json.object().put("object", "backup_code").put("id", made.id());
        json.set("codes", Json.texts(made.codes()));
        return Reply.resource(json.put("created_at", now).put("updated_at", now))
                .withClient();
    }
}
