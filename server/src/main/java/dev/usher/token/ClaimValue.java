package dev.usher.token;

import dev.usher.base.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The value of a claim in a template. */
sealed interface ClaimValue {
    /** Stays as it is.
     *
     * @param leftAlones double braces in it that are no shortcode
     */
    record Fixed(JsonNode value, List<String> leftAlones) implements ClaimValue {}

    /** Nothing but one shortcode: keeps the type of what it stands for. */
    record Whole(Shortcode code) implements ClaimValue {}

    /** Text with shortcodes in it: always a string. */
    record Mixed(List<Part> parts) implements ClaimValue {
        /** White space at the ends goes, as in the published example. */
        private JsonNode text(Function<Shortcode, JsonNode> values) {
            String text = parts.stream()
                    .map(part ->
                            part.code().map(code -> plain(values.apply(code))).orElse(part.text()))
                    .collect(Collectors.joining());
            return StringNode.valueOf(text.strip());
        }

        private static String plain(JsonNode value) {
            return value.isString() ? value.stringValue() : Json.text(value);
        }
    }

    record Members(Map<String, ClaimValue> values) implements ClaimValue {}

    record Elements(List<ClaimValue> values) implements ClaimValue {}

    /** A piece of a text: words or a shortcode. */
    record Part(String text, Optional<Shortcode> code) {
        boolean isLeftAlone() {
            return code.isEmpty() && text.startsWith("{{") && text.endsWith("}}");
        }
    }

    static ClaimValue parse(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                Map<String, ClaimValue> members = new LinkedHashMap<>();
                object.forEachEntry((name, member) -> members.put(name, parse(member)));
                yield new Members(members);
            }
            case ArrayNode array ->
                new Elements(array.valueStream().map(ClaimValue::parse).toList());
            case JsonNode other when other.isString() -> ofText(other);
            case JsonNode other -> new Fixed(other, List.of());
        };
    }

    private static ClaimValue ofText(JsonNode value) {
        List<Part> parts = parts(value.stringValue());
        List<Shortcode> codes =
                parts.stream().flatMap(part -> part.code().stream()).toList();
        if (codes.isEmpty())
            return new Fixed(
                    value,
                    parts.stream().filter(Part::isLeftAlone).map(Part::text).toList());
        return parts.size() == 1 ? new Whole(codes.getFirst()) : new Mixed(parts);
    }

    private static List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        int position = 0;
        Optional<Shortcode.Place> place = Shortcode.next(text, position);
        while (place.isPresent()) {
            int from = place.get().from();
            if (from > position) parts.add(new Part(text.substring(position, from), Optional.empty()));
            position = place.get().to();
            String braces = text.substring(from, position);
            parts.add(new Part(braces, Shortcode.parse(braces)));
            place = Shortcode.next(text, position);
        }
        if (position < text.length()) parts.add(new Part(text.substring(position), Optional.empty()));
        return parts;
    }

    default JsonNode render(Function<Shortcode, JsonNode> values) {
        return switch (this) {
            case Fixed fixed -> fixed.value();
            case Whole whole -> values.apply(whole.code());
            case Mixed mixed -> mixed.text(values);
            case Members members -> {
                ObjectNode object = Json.object();
                members.values().forEach((name, value) -> object.set(name, value.render(values)));
                yield object;
            }
            case Elements elements -> {
                ArrayNode array = Json.array();
                elements.values().forEach(value -> array.add(value.render(values)));
                yield array;
            }
        };
    }

    default Stream<Shortcode> shortcodes() {
        return switch (this) {
            case Fixed fixed -> Stream.empty();
            case Whole whole -> Stream.of(whole.code());
            case Mixed mixed -> mixed.parts().stream().flatMap(part -> part.code().stream());
            case Members members -> members.values().values().stream().flatMap(ClaimValue::shortcodes);
            case Elements elements -> elements.values().stream().flatMap(ClaimValue::shortcodes);
        };
    }

    default Stream<String> leftAlone() {
        return switch (this) {
            case Fixed fixed -> fixed.leftAlones().stream();
            case Whole whole -> Stream.empty();
            case Mixed mixed -> mixed.parts().stream().filter(Part::isLeftAlone).map(Part::text);
            case Members members -> members.values().values().stream().flatMap(ClaimValue::leftAlone);
            case Elements elements -> elements.values().stream().flatMap(ClaimValue::leftAlone);
        };
    }
}
