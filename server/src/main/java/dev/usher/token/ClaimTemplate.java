package dev.usher.token;

import dev.usher.base.Json;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Claims with shortcodes in them, parsed once and rendered for each token. */
final class ClaimTemplate {
    static final ClaimTemplate EMPTY = parse(Json.object());

    private final Map<String, ClaimValue> claims;
    private final Set<Root> roots;

    private ClaimTemplate(Map<String, ClaimValue> claims) {
        this.claims = claims;
        this.roots = EnumSet.noneOf(Root.class);
        shortcodes().flatMap(Shortcode::paths).forEach(path -> roots.add(path.root()));
    }

    static ClaimTemplate parse(ObjectNode claims) {
        Map<String, ClaimValue> parsed = new LinkedHashMap<>();
        claims.forEachEntry((name, value) -> parsed.put(name, ClaimValue.parse(value)));
        return new ClaimTemplate(parsed);
    }

    boolean isEmpty() {
        return claims.isEmpty();
    }

    /** What has to be known before it can be rendered. */
    Set<Root> roots() {
        return roots;
    }

    /** Whether a field of a root stands in it. */
    boolean names(Root root, String field) {
        return shortcodes()
                .flatMap(Shortcode::paths)
                .anyMatch(path -> path.root() == root
                        && path.fields().stream()
                                .findFirst()
                                .filter(field::equals)
                                .isPresent());
    }

    Stream<Shortcode> shortcodes() {
        return claims.values().stream().flatMap(ClaimValue::shortcodes);
    }

    /** Double braces that are no shortcode and stay as they are written. */
    Stream<String> leftAlone() {
        return claims.values().stream().flatMap(ClaimValue::leftAlone);
    }

    ObjectNode render(Facts facts) {
        return rendered(code -> code.value(facts));
    }

    /** As small as it can get: every shortcode stands for one digit. */
    ObjectNode least() {
        JsonNode digit = Json.parse("0");
        return rendered(code -> digit);
    }

    private ObjectNode rendered(Function<Shortcode, JsonNode> values) {
        ObjectNode rendered = Json.object();
        claims.forEach((name, value) -> rendered.set(name, value.render(values)));
        return rendered;
    }
}
