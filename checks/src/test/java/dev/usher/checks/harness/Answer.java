package dev.usher.checks.harness;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What came back.
 *
 * @param headers by lower-case name
 */
public record Answer(int status, Map<String, List<String>> headers, byte[] bytes) {

    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return Wire.json(text());
    }

    /** The value at a JSON pointer; a missing node when there is none. */
    public JsonNode at(String pointer) {
        return json().at(pointer);
    }

    public String string(String pointer) {
        return at(pointer).asString("");
    }

    /** The code of the first error, or an empty text. */
    public String code() {
        return status < 400 ? "" : string("/errors/0/code");
    }

    /** The body without what differs from request to request, for telling two refusals apart. */
    public String textWithout(String... words) {
        String text = text().replaceAll("\"clerk_trace_id\":\"[^\"]*\"", "\"clerk_trace_id\":\"\"");
        for (String word : words) text = text.replace(word, "…");
        return text;
    }

    @Override
    public String toString() {
        return status + " " + text();
    }
}
