package dev.usher.http;

import dev.usher.base.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object that a server sent: fields by name, each of the type that its reader asks for. */
public final class Body {
    private static final int LONGEST_LIST = 1000;

    private final ObjectNode fields;

    private Body(ObjectNode fields) {
        this.fields = fields;
    }

    /** Reads an object with these fields and no others; no bytes are an object without fields.
     *
     * @throws Refusal when it is no such object
     */
    static Body parse(byte[] bytes, Set<String> known) {
        return of(bytes.length == 0 ? Json.object() : json(bytes), known);
    }

    /** Reads an array of such objects. */
    static List<Body> parseList(byte[] bytes, Set<String> known) {
        if (json(bytes) instanceof ArrayNode array)
            return array.valueStream().map(element -> of(element, known)).toList();
        throw BodyErrors.invalid("The body must be a JSON array.");
    }

    private static Body of(JsonNode json, Set<String> known) {
        if (!(json instanceof ObjectNode object)) throw BodyErrors.invalid("The body must be a JSON object.");
        object.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> refuseUnknown(name));
        return new Body(object);
    }

    private static void refuseUnknown(String name) {
        throw Errors.unknownField(name.length() > 64 ? name.substring(0, 64) : name);
    }

    private static JsonNode json(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode json = Json.parseStrictly(text);
            if (!Json.isFinite(json)) throw BodyErrors.invalid("The body has a number that is too large.");
            return json;
        } catch (CharacterCodingException e) {
            throw BodyErrors.invalid("The body is not UTF-8.");
        } catch (JacksonException e) {
            throw BodyErrors.invalid("The body is no JSON in which every name stands once.");
        }
    }

    /** A text without control characters; maybe empty. */
    public Given<String> text(String name) {
        return field(name, JsonNode::isString, JsonNode::asString, "a string").map(text -> printable(name, text));
    }

    public Given<Boolean> flag(String name) {
        return field(name, JsonNode::isBoolean, JsonNode::asBoolean, "a boolean");
    }

    /** A whole number of 64 bits. */
    public Given<Long> number(String name) {
        return field(
                name, node -> node.isIntegralNumber() && node.canConvertToLong(), JsonNode::asLong, "a whole number");
    }

    public Given<ObjectNode> object(String name) {
        return field(name, JsonNode::isObject, JsonNode::asObject, "an object");
    }

    /** Texts, at most a thousand. */
    public Given<List<String>> texts(String name) {
        return elements(
                name, "an array of strings", JsonNode::isString, element -> printable(name, element.asString()));
    }

    /** Objects with these fields and no others, at most a thousand. */
    public Given<List<Body>> bodies(String name, String... known) {
        return elements(name, "an array of objects", JsonNode::isObject, element -> of(element, Set.of(known)));
    }

    private <T> Given<List<T>> elements(
            String name, String type, Predicate<JsonNode> fits, Function<JsonNode, T> read) {
        return field(name, JsonNode::isArray, JsonNode::asArray, type).map(array -> {
            if (array.size() > LONGEST_LIST) throw BodyErrors.tooManyElements(name, LONGEST_LIST);
            List<T> list = new ArrayList<>(array.size());
            for (JsonNode element : array) {
                if (!fits.test(element)) throw BodyErrors.wrongType(name, type);
                list.add(read.apply(element));
            }
            return List.copyOf(list);
        });
    }

    private <T> Given<T> field(String name, Predicate<JsonNode> fits, Function<JsonNode, T> read, String type) {
        Optional<JsonNode> node = fields.optional(name);
        if (node.isEmpty()) return new Given.Absent<>();
        if (node.get().isNull()) return new Given.Null<>();
        if (!fits.test(node.get())) throw BodyErrors.wrongType(name, type);
        return new Given.Value<>(read.apply(node.get()));
    }

    private static String printable(String name, String text) {
        if (!Form.isPrintable(text)) throw Errors.invalidFormat(name, name + " has control characters.");
        return text;
    }

    /** A text that must be there and not empty. */
    public String required(String name) {
        return present(name, text(name), String::isEmpty);
    }

    /** What must be there: absent is missing, null is nil, and so is what counts as empty. */
    public <T> T present(String name, Given<T> field, Predicate<T> isEmpty) {
        if (!field.isThere()) throw Errors.missing(name);
        return field.value().filter(isEmpty.negate()).orElseThrow(() -> Errors.empty(name));
    }
}
