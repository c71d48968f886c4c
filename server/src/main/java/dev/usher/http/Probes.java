package dev.usher.http;

import dev.usher.base.Json;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an orchestrator asks: {@code /_usher/live}, whether this process can answer at all, and {@code /_usher/ready}, whether
 * it can do its work. Neither looks for an instance, so that the first one never waits for the database.
 */
public final class Probes {
    private static final String LIVE = "/_usher/live";
    private static final String READY = "/_usher/ready";

    private final Supplier<Map<String, String>> readiness;

    /**
     * @param readiness what is looked at, and what is wrong with it; {@code ok} where nothing is
     */
    public Probes(Supplier<Map<String, String>> readiness) {
        this.readiness = readiness;
    }

    static boolean areAsked(Request request) {
        return request.path().startsWith("/_usher/")
                && (request.path().equals(LIVE) || request.path().equals(READY));
    }

    Reply answer(Request request) {
        if (request.path().equals(LIVE)) return json(200, "alive", Map.of());
        Map<String, String> found = readiness.get();
        boolean isReady = found.values().stream().allMatch("ok"::equals);
        return json(isReady ? 200 : 503, isReady ? "ready" : "not ready", found);
    }

    private static Reply json(int status, String word, Map<String, String> found) {
        var body = Json.object().put("status", word);
        if (!found.isEmpty()) found.forEach(body.putObject("checks")::put);
        Reply reply = Reply.json(status, body).header("Cache-Control", "no-store");
        return status == 503 ? reply.header("Retry-After", "1") : reply;
    }
}
