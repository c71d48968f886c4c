package dev.usher.console;

import dev.usher.base.Json;
import dev.usher.instance.Instance;
import dev.usher.store.Tx;
import dev.usher.webhook.Delivery;
import dev.usher.webhook.Endpoint;
import dev.usher.webhook.Webhooks;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What the endpoints of a development instance were told, the newest first. */
final class WebhookList {
    private WebhookList() {}

    static ObjectNode of(Tx tx, Webhooks webhooks, Instance instance, int limit) {
        Map<String, String> urls = webhooks.endpoints().list(tx, instance.id()).stream()
                .collect(Collectors.toMap(Endpoint::id, Endpoint::url));
        var deliveries = webhooks.recent(tx, instance, Optional.empty(), limit);
        ObjectNode json = Json.object();
        var data = json.putArray("data");
        for (Delivery one : deliveries)
            data.add(of(one).put("url", urls.getOrDefault(one.endpointId(), ""))
                    .put("body", webhooks.body(tx, instance, one.eventId()).orElse("{}")));
        return json.put("total_count", deliveries.size());
    }

    private static ObjectNode of(Delivery one) {
        return Json.object()
                .put("event_id", one.eventId())
                .put("endpoint_id", one.endpointId())
                .put("type", one.type())
                .put("state", one.state())
                .put("attempts", one.attempts())
                .put("status", one.answerStatus().orElse(null))
                .put("answer", one.answer())
                .put(
                        "next_attempt_at",
                        one.nextAttemptAt().map(Instant::toEpochMilli).orElse(null))
                .put("created_at", one.createdAt().toEpochMilli());
    }
}
