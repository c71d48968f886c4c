package dev.usher.checks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A server that calls the Backend API with a secret key; every answer goes past the witness. */
public final class Bapi {
    private final RunningUsher usher;
    private final String secretKey;

    Bapi(RunningUsher usher, String secretKey) {
        this.usher = usher;
        this.secretKey = secretKey;
    }

    public Answer get(String target) {
        return send(call("GET", target));
    }

    public Answer delete(String target) {
        return send(call("DELETE", target));
    }

    public Answer post(String target, String json) {
        return send(call("POST", target, json));
    }

    public Answer patch(String target, String json) {
        return send(call("PATCH", target, json));
    }

    public Answer put(String target, String json) {
        return send(call("PUT", target, json));
    }

    /** A request as this caller makes it, for a test to spoil before it is sent. */
    public Call call(String method, String target) {
        return Call.of(method, target)
                .with("Authorization", "Bearer " + secretKey)
                .with("Clerk-API-Version", Fapi.NEWEST)
                .with("Content-Type", "application/json");
    }

    public Call call(String method, String target, String json) {
        return call(method, target).with(json.getBytes(StandardCharsets.UTF_8));
    }

    public Answer send(Call call) {
        try {
            return usher.send(call);
        } catch (IOException e) {
            throw new UncheckedIOException(call.toString(), e);
        }
    }
}
