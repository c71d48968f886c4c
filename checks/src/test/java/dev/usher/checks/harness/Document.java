package dev.usher.checks.harness;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A published OpenAPI document: finds the operation of a request and the schema of an answer. */
final class Document {
    private record Route(Pattern pattern, String template, JsonNode operations) {}

    private final String uri;
    private final String prefix;
    private final JsonNode root;
    private final SchemaRegistry registry;
    private final List<Route> routes = new ArrayList<>();
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    /**
     * Reads a document.
     *
     * @param prefix what stands before its paths on the wire
     */
    Document(String resource, String prefix) {
        this.uri = "https://spec.test/" + resource;
        this.prefix = prefix;
        this.root = new YAMLMapper().readTree(Resources.text(resource));
        this.registry = SchemaRegistry.withDialect(
                Dialects.getOpenApi30(), builder -> builder.schemas(Map.of(uri, Wire.text(root))));
        root.path("paths")
                .properties()
                .forEach(entry -> routes.add(
                        new Route(Operation.pattern(prefix + entry.getKey()), entry.getKey(), entry.getValue())));
        // A literal segment goes before a parameter: /v1/me/sessions/active is not /v1/me/sessions/{session_id}.
        routes.sort((a, b) -> Long.compare(parameters(a.template()), parameters(b.template())));
    }

    private static long parameters(String template) {
        return template.chars().filter(c -> c == '{').count();
    }

    String prefix() {
        return prefix;
    }

    /** Every operation that it publishes. */
    List<Operation> operations() {
        return routes.stream()
                .flatMap(route -> route.operations()
                        .propertyStream()
                        .filter(entry -> entry.getValue().has("responses"))
                        .map(entry -> operation(route, entry.getKey().toUpperCase(Locale.ROOT))))
                .toList();
    }

    Optional<Operation> operation(String verb, String path) {
        String key = verb.toLowerCase(Locale.ROOT);
        return routes.stream()
                .filter(route -> route.pattern().matcher(path).matches())
                // A path that is published word by word goes before one with a parameter in its place.
                .min(Comparator.comparingLong(
                        route -> route.template().chars().filter(c -> c == '{').count()))
                .filter(route -> route.operations().has(key))
                .map(route -> operation(route, verb));
    }

    private Operation operation(Route route, String verb) {
        JsonNode published = route.operations().get(verb.toLowerCase(Locale.ROOT));
        return new Operation(this, verb, route.template(), published.get("responses"));
    }

    /** What breaks the schema of a status of an operation; empty when that answer has no JSON body. */
    List<Error> validate(Operation operation, int status, JsonNode body) {
        return location(operation, status)
                .map(pointer -> schema(pointer).validate(body))
                .orElse(List.of());
    }

    /** What breaks the schema of an event of this type. */
    List<Error> validateEvent(String type, JsonNode body) {
        String pointer = "/x-webhooks/" + escaped(type) + "/post/requestBody/content/application~1json/schema";
        if (root.at(pointer).isMissingNode()) throw new AssertionError("no published event is called " + type);
        return schema(pointer).validate(body);
    }

    private Schema schema(String pointer) {
        return schemas.computeIfAbsent(pointer, key -> registry.getSchema(SchemaLocation.of(uri + "#" + key)));
    }

    private Optional<String> location(Operation operation, int status) {
        String pointer = "/paths/" + escaped(operation.template()) + "/"
                + operation.verb().toLowerCase(Locale.ROOT) + "/responses/" + status;
        JsonNode reference = root.at(pointer).path("$ref");
        String response = reference.isString() ? reference.asString().substring(1) : pointer;
        String schema = response + "/content/application~1json/schema";
        return root.at(schema).isMissingNode() ? Optional.empty() : Optional.of(schema);
    }

    private static String escaped(String segment) {
        return segment.replace("~", "~0").replace("/", "~1");
    }
}
