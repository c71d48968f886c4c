package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.instance.Instance;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The custom claims of each instance's session tokens, parsed once for each text. */
final class SessionClaims {
    private record Parsed(String text, ClaimTemplate template) {}

    private final Map<String, Parsed> byInstance = new ConcurrentHashMap<>();

    ClaimTemplate of(Instance instance) {
        Optional<String> text = instance.settings().tokens().sessionClaims();
        return text.isEmpty() ? ClaimTemplate.EMPTY : parsed(instance.id(), text.get());
    }

    private ClaimTemplate parsed(String instanceId, String text) {
        Parsed known = byInstance.get(instanceId);
        if (known != null && known.text().equals(text)) return known.template();
        ClaimTemplate template = ClaimTemplate.parse(Json.parse(text).asObject());
        byInstance.put(instanceId, new Parsed(text, template));
        return template;
    }
}
