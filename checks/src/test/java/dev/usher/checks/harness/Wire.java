package dev.usher.checks.harness;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The two encodings of the wire: JSON in answers, URL-encoded fields in requests. */
public final class Wire {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Wire() {}

    public static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    public static String text(JsonNode json) {
        return JSON.writeValueAsString(json);
    }

    /** {@code a=1&b=2} of names and values in turn. */
    public static String form(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) throw new IllegalArgumentException("names and values come in pairs");
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (i > 0) form.append('&');
            form.append(encoded(namesAndValues[i])).append('=').append(encoded(namesAndValues[i + 1]));
        }
        return form.toString();
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
