package dev.usher.base;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON values in the order in which they were put, nulls written out. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** An array of texts. */
    public static ArrayNode texts(Iterable<String> values) {
        ArrayNode array = array();
        values.forEach(array::add);
        return array;
    }

    public static byte[] bytes(JsonNode value) {
        return MAPPER.writeValueAsBytes(value);
    }

    public static String text(JsonNode value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Reads what the database holds or a caller sent.
     *
     * @throws JacksonException when the text is no JSON
     */
    public static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    /** Like {@link #parse}; a name that stands twice in an object and anything after the value are refused as well. */
    public static JsonNode parseStrictly(String text) {
        return STRICT.readTree(text);
    }

    /** Whether every number inside can be written out again; JSON allows some that no double holds, such as 1e999. */
    public static boolean isFinite(JsonNode value) {
        boolean here = !value.isDouble() || Double.isFinite(value.doubleValue());
        return here && value.valueStream().allMatch(Json::isFinite);
    }
}
