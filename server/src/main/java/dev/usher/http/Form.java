package dev.usher.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** URL-encoded fields of a body or a query. Keeps absent and empty apart. */
public final class Form {
    private static final int MOST_FIELDS = 100;
    private static final int MOST_QUERY_FIELDS = 1000;
    static final Form EMPTY = new Form(Map.of());

    private final Map<String, List<String>> fields;

    private Form(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /** Decodes {@code a=1&b=2}.
     *
     * @throws Refusal for broken percent signs, bytes that are no UTF-8, control characters and more than 100 fields
     */
    public static Form parse(String encoded) {
        return parse(encoded, MOST_FIELDS);
    }

    /** Like {@link #parse}; servers repeat a field up to a hundred times for each filter of a list. */
    static Form parseQuery(String encoded) {
        return parse(encoded, MOST_QUERY_FIELDS);
    }

    private static Form parse(String encoded, int most) {
        if (encoded.isEmpty()) return EMPTY;
        Map<String, List<String>> fields = new LinkedHashMap<>();
        int count = 0;
        for (int from = 0; from <= encoded.length(); ) {
            int to = encoded.indexOf('&', from);
            if (to < 0) to = encoded.length();
            if (to > from) {
                if (++count > most) throw Errors.malformedParameters("More than " + most + " fields.");
                add(fields, encoded.substring(from, to));
            }
            from = to + 1;
        }
        return new Form(fields);
    }

    private static void add(Map<String, List<String>> fields, String pair) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        fields.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) return checked(text);
        byte[] bytes = new byte[text.length() * 3];
        int length = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point == '%') {
                bytes[length++] = hexPair(text, i);
                i += 3;
            } else if (point == '+') {
                bytes[length++] = ' ';
                i++;
            } else {
                byte[] raw = Character.toString(point).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(raw, 0, bytes, length, raw.length);
                length += raw.length;
                i += Character.charCount(point);
            }
        }
        return checked(utf8(bytes, length));
    }

    private static byte hexPair(String text, int at) {
        int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        int low = high >= 0 ? Character.digit(text.charAt(at + 2), 16) : -1;
        if (low < 0) throw Errors.malformedParameters("A percent sign is not followed by two hexadecimal digits.");
        return (byte) (high << 4 | low);
    }

    private static String utf8(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Errors.malformedParameters("A field is not UTF-8.");
        }
    }

    private static String checked(String text) {
        if (!isPrintable(text)) throw Errors.malformedParameters("A field has control characters.");
        return text;
    }

    /** Whether a text has no control characters besides those of lines, and no half of a surrogate pair. */
    static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean control = (c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7f;
            if (control || (Character.isSurrogate(c) && lone(text, i))) return false;
        }
        return true;
    }

    private static boolean lone(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c))
            return at + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        return at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }

    /** Refuses fields outside the set and fields that stand twice. */
    Form only(Set<String> known) {
        return only(known::contains, Set.of());
    }

    /** Refuses fields that are not known, and those that stand twice and are no lists. */
    Form only(Predicate<String> isKnown, Set<String> lists) {
        fields.forEach((name, values) -> {
            if (!isKnown.test(name)) throw Errors.unknownField(name.length() > 64 ? name.substring(0, 64) : name);
            if (values.size() > 1 && !lists.contains(name)) throw Errors.doubledField(name);
        });
        return this;
    }

    /** The first value as sent, maybe empty; absent when the field is. */
    public Optional<String> given(String name) {
        List<String> values = fields.get(name);
        return values == null ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** Every value in order; none when the field is absent. */
    public List<String> all(String name) {
        return List.copyOf(fields.getOrDefault(name, List.of()));
    }

    /** The value when it is there and not empty. */
    public Optional<String> text(String name) {
        return given(name).filter(value -> !value.isEmpty());
    }

    /** The value; a missing or an empty field is refused. */
    public String required(String name) {
        String value = given(name).orElseThrow(() -> Errors.missing(name));
        if (value.isEmpty()) throw Errors.empty(name);
        return value;
    }

    /** The value, one of the allowed words; a missing or another one is refused. */
    public String oneOf(String name, Set<String> allowed) {
        String value = required(name);
        if (!allowed.contains(value)) throw Errors.invalidValue(name, name + " is none of the values allowed here.");
        return value;
    }

    /** How often the field stands. */
    int count(String name) {
        return fields.getOrDefault(name, List.of()).size();
    }
}
