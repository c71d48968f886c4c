package dev.usher.token;

import dev.usher.base.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What shortcodes are replaced with: for each root an object with every field that the root has, null where it has no value. */
record Facts(Map<Root, ObjectNode> byRoot) {
    static final Facts NONE = new Facts(Map.of());

    /** The value at the end of the path; null where it leads nowhere. */
    JsonNode at(Root root, List<String> fields) {
        JsonNode value = byRoot.get(root);
        for (String field : fields) value = value instanceof ObjectNode object ? object.get(field) : null;
        return value == null || fields.isEmpty() ? Json.object().nullNode() : value;
    }

    /** Whether the root has a field of that name at all, with a value or without. */
    boolean knows(Root root, List<String> fields) {
        ObjectNode known = byRoot.get(root);
        return known != null && !fields.isEmpty() && known.has(fields.getFirst());
    }
}
