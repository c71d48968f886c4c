package dev.usher.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An expression between double braces.
 *
 * @param text as written, braces included
 */
record Shortcode(List<Operand> operands, String text) {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    /** Where one stands in a text: from its first brace to behind its last. */
    record Place(int from, int to) {}

    /** The first pair of double braces from a position on, the closing ones outside of quotes where these are in pairs. */
    static Optional<Place> next(String text, int position) {
        int from = text.indexOf(OPEN, position);
        if (from < 0) return Optional.empty();
        int close = unquotedClose(text, from + OPEN.length());
        if (close < 0) close = text.indexOf(CLOSE, from + OPEN.length());
        return close < 0 ? Optional.empty() : Optional.of(new Place(from, close + CLOSE.length()));
    }

    private static int unquotedClose(String text, int position) {
        boolean quoted = false;
        for (int i = position; i < text.length(); i++) {
            if (text.charAt(i) == '\'') quoted = !quoted;
            else if (!quoted && text.startsWith(CLOSE, i)) return i;
        }
        return -1;
    }

    /** The expression in a text of double braces; empty where one operand is none, as with an unknown root. */
    static Optional<Shortcode> parse(String text) {
        String inner = text.substring(OPEN.length(), text.length() - CLOSE.length());
        List<Operand> operands = new ArrayList<>();
        for (String part : alternatives(inner)) {
            Optional<Operand> operand = Operand.parse(part.strip());
            if (operand.isEmpty()) return Optional.empty();
            operands.add(operand.get());
        }
        return Optional.of(new Shortcode(List.copyOf(operands), text));
    }

    private static List<String> alternatives(String inner) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < inner.length(); i++) {
            if (inner.charAt(i) == '\'') quoted = !quoted;
            else if (!quoted && inner.startsWith("||", i)) {
                parts.add(inner.substring(from, i));
                i++;
                from = i + 1;
            }
        }
        parts.add(inner.substring(from));
        return parts;
    }

    /** The first operand that is neither null nor false, else the last one whatever it is. */
    JsonNode value(Facts facts) {
        return operands.stream()
                .map(operand -> operand.value(facts))
                .filter(value -> !isFalsy(value))
                .findFirst()
                .orElseGet(() -> operands.getLast().value(facts));
    }

    private static boolean isFalsy(JsonNode value) {
        return value.isNull() || (value.isBoolean() && !value.booleanValue());
    }

    Stream<Operand.Path> paths() {
        return operands.stream().filter(Operand.Path.class::isInstance).map(Operand.Path.class::cast);
    }
}
