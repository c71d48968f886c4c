package dev.usher.checks.harness;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The published Frontend and Backend API in their newest version, as a judge of answers. */
public final class Contract {
    private static final class Holder {
        static final Contract PUBLISHED = new Contract();
    }

    /** The document asks for these beside a schema that allows nothing besides its own. */
    private static final List<String> CONTRADICTIONS = List.of(
            "/data: property 'user' is not defined",
            "/data: property 'user_id' is not defined",
            "/data: property 'data' is not defined");

    private final Document frontend = new Document("spec/frontend-api-2026-05-12.yml", "");
    private final Document backend = new Document("spec/backend-api-2026-05-12.yml", "/v1");
    private final Document webhooks = new Document("spec/webhooks-2025-04-15.yml", "");
    private final ErrorCodes codes = new ErrorCodes();

    private Contract() {}

    /** Read once for all suites: that takes seconds. */
    public static Contract published() {
        return Holder.PUBLISHED;
    }

    private Optional<Operation> operation(Call call) {
        Document document = call.isFromServer() ? backend : frontend;
        return document.operation(call.verb(), call.path());
    }

    /** The names of all operations of the Frontend API, such as {@code GET /v1/client}. */
    public List<String> frontendOperations() {
        return frontend.operations().stream().map(Operation::name).toList();
    }

    /** The names of all operations of the Backend API. */
    public List<String> backendOperations() {
        return backend.operations().stream().map(Operation::name).toList();
    }

    /** The published name of the operation that a request is for; empty for one that is not published. */
    public Optional<String> nameOf(Call call) {
        return operation(call).map(Operation::name);
    }

    /** What the documents do not allow in an answer to a published operation; nothing for any other request. */
    public List<Finding> judge(Call call, Answer answer) {
        return operation(call).map(operation -> judge(operation, answer)).orElse(List.of());
    }

    private List<Finding> judge(Operation operation, Answer answer) {
        List<Finding> findings = new ArrayList<>();
        if (!operation.responses().has(String.valueOf(answer.status())))
            findings.add(finding(operation, String.valueOf(answer.status()), "status", "not published: " + answer));
        if (answer.status() == 204 || answer.status() / 100 == 3) return findings;
        String type = answer.header("content-type").orElse("none");
        if (!type.equals("application/json")) {
            findings.add(finding(operation, "", "content-type", type));
            return findings;
        }
        body(answer)
                .ifPresentOrElse(
                        body -> findings.addAll(judgeBody(operation, answer, body)),
                        () -> findings.add(finding(operation, "", "json", "no JSON: " + answer)));
        return findings;
    }

    /** What the document does not allow in an event. */
    public List<String> judgeEvent(JsonNode event) {
        return webhooks.validateEvent(event.path("type").asString(""), event).stream()
                .map(Error::toString)
                .filter(found -> CONTRADICTIONS.stream().noneMatch(found::startsWith))
                .toList();
    }

    private static Optional<JsonNode> body(Answer answer) {
        try {
            return Optional.of(answer.json());
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    private List<Finding> judgeBody(Operation operation, Answer answer, JsonNode body) {
        List<Finding> findings = new ArrayList<>();
        for (Error error : operation.document().validate(operation, answer.status(), body))
            findings.add(finding(operation, place(error), error.getKeyword(), error.toString()));
        if (answer.status() >= 400)
            for (JsonNode error : body.path("errors")) {
                String code = error.path("code").asString("");
                if (!codes.knows(code, answer.status()))
                    findings.add(finding(operation, answer.status() + " " + code, "code", "not its published status"));
            }
        return findings;
    }

    /** The place in the body, with the property that is missing or too many, and without indexes. */
    private static String place(Error error) {
        String place = error.getInstanceLocation().toString().replaceAll("/\\d+(?=/|$)", "/*");
        return error.getProperty() == null ? place : place + "/" + error.getProperty();
    }

    private static Finding finding(Operation operation, String path, String keyword, String message) {
        return new Finding(operation.name(), path, keyword, message);
    }
}
