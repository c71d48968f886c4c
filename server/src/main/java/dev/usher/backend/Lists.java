package dev.usher.backend;

import dev.usher.base.Json;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answers that are no resource of their own: lists, pages, counts and what is gone. */
final class Lists {
    private Lists() {}

    /** A bare array. */
    static <T> Reply list(List<T> things, Function<T, ObjectNode> json) {
        return Reply.bare(array(things, json));
    }

    /** A part of a list with the length of the whole. */
    static <T> Reply page(List<T> things, Function<T, ObjectNode> json, long totalCount) {
        ObjectNode page = Json.object();
        page.set("data", array(things, json));
        return Reply.bare(page.put("total_count", totalCount));
    }

    /** A page for callers that ask with {@code paginated=true}, a bare array for all others. */
    static <T> Reply listOrPage(Exchange exchange, List<T> things, Function<T, ObjectNode> json, long totalCount) {
        boolean asPage = exchange.query("paginated")
                .filter(Set.of("true", "1")::contains)
                .isPresent();
        return asPage ? page(things, json, totalCount) : list(things, json);
    }

    private static <T> ArrayNode array(List<T> things, Function<T, ObjectNode> json) {
        ArrayNode array = Json.array();
        things.forEach(thing -> array.add(json.apply(thing)));
        return array;
    }

    static Reply count(long totalCount) {
        return Reply.bare(Json.object().put("object", "total_count").put("total_count", totalCount));
    }

    static Reply deleted(String object, String id) {
        return Reply.bare(Json.object().put("object", object).put("id", id).put("deleted", true));
    }
}
