package dev.usher.user;

import dev.usher.base.Json;
import dev.usher.http.Errors;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON objects that apps attach to users. */
public final class Metadata {
    private static final int MOST_BYTES = 8 * 1024;

    private Metadata() {}

    /** Reads a field that holds JSON text.
     *
     * @throws dev.usher.http.Refusal when it is no JSON object or has more than 8 KiB
     */
    public static ObjectNode parse(String field, String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES)
            throw Errors.invalidValue(field, field + " may have " + MOST_BYTES + " bytes at most.");
        try {
            if (Json.parse(text) instanceof ObjectNode object && Json.isFinite(object)) return object;
        } catch (JacksonException e) {
            throw Errors.invalidFormat(field, field + " must be a JSON object.");
        }
        throw Errors.invalidFormat(field, field + " must be a JSON object.");
    }

    /** The object, when it is small enough to be kept.
     *
     * @throws dev.usher.http.Refusal when it has more than 8 KiB
     */
    public static ObjectNode checked(String field, ObjectNode object) {
        if (Json.bytes(object).length > MOST_BYTES)
            throw Errors.invalidValue(field, field + " may have " + MOST_BYTES + " bytes at most.");
        return object;
    }

    /** A patch laid over an object: objects within are merged, null takes a value away, all else replaces (RFC 7396). */
    public static ObjectNode merged(JsonNode present, ObjectNode patch) {
        ObjectNode merged = present instanceof ObjectNode object ? object.deepCopy() : Json.object();
        for (var entry : patch.properties()) {
            String name = entry.getKey();
            switch (entry.getValue()) {
                case NullNode gone -> merged.remove(name);
                case ObjectNode inner -> merged.set(name, merged(merged.path(name), inner));
                case JsonNode value -> merged.set(name, value);
            }
        }
        return merged;
    }
}
