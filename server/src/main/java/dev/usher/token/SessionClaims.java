package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.instance.Instance;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** The custom claims of each instance's session tokens, parsed once for each text; a reserved one is none of them. */
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
        ObjectNode claims = Json.parse(text).asObject();
        claims.remove(TemplateRules.RESERVED_IN_SESSION_TOKENS);
        ClaimTemplate template = ClaimTemplate.parse(claims);
        byInstance.put(instanceId, new Parsed(text, template));
        return template;
    }
}
