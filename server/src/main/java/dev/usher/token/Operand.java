package dev.usher.token;

import dev.usher.base.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** One side of {@code ||} in a shortcode. */
sealed interface Operand {
    /** A string in single quotes, a number or a boolean. */
    record Literal(JsonNode value) implements Operand {}

    /** A root and the fields behind its dots. */
    record Path(Root root, List<String> fields) implements Operand {
        String text() {
            return root.word() + fields.stream().map(field -> "." + field).collect(Collectors.joining());
        }
    }

    /** A number as JSON writes it (RFC 8259 section 6). */
    Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,30})(\\.\\d{1,30})?([eE][+-]?\\d{1,3})?");

    Pattern PATH = Pattern.compile("[^\\s.|'\"{}]+(\\.[^\\s.|'\"{}]+)*");

    /** The operand, or empty for what is none. */
    static Optional<Operand> parse(String text) {
        if (text.equals("true") || text.equals("false") || NUMBER.matcher(text).matches())
            return Optional.of(new Literal(Json.parse(text)));
        if (isQuoted(text)) return Optional.of(new Literal(StringNode.valueOf(text.substring(1, text.length() - 1))));
        return PATH.matcher(text).matches() ? path(text) : Optional.empty();
    }

    private static boolean isQuoted(String text) {
        return text.length() >= 2 && text.startsWith("'") && text.indexOf('\'', 1) == text.length() - 1;
    }

    private static Optional<Operand> path(String text) {
        List<String> words = List.of(text.split("\\.", -1));
        return Root.of(words.getFirst()).map(root -> new Path(root, words.subList(1, words.size())));
    }

    default JsonNode value(Facts facts) {
        return switch (this) {
            case Literal literal -> literal.value();
            case Path path -> facts.at(path.root(), path.fields());
        };
    }
}
