package dev.usher.checks.harness;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** An operation of a published document. */
record Operation(Document document, String verb, String template, JsonNode responses) {

    /** The name that findings and deviations use. */
    String name() {
        return verb + " " + document.prefix() + template;
    }

    static Pattern pattern(String template) {
        StringBuilder regex = new StringBuilder();
        for (String segment : template.split("/")) {
            if (segment.isEmpty()) continue;
            regex.append('/').append(segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment));
        }
        return Pattern.compile(regex.append("/?").toString());
    }
}
