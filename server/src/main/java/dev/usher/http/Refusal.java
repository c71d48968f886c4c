package dev.usher.http;

import dev.usher.base.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A request ends here with an answer from the published catalogue of errors. All of them are made in {@link Errors}. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String longMessage;
    private final transient ObjectNode meta = Json.object();
    private int retryAfterSeconds;
    private transient @Nullable Refusal also;

    Refusal(int status, String code, String message, String longMessage) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.longMessage = longMessage;
    }

    Refusal param(String name) {
        return meta("param_name", name);
    }

    Refusal meta(String name, @Nullable String value) {
        meta.put(name, value);
        return this;
    }

    Refusal meta(String name, Iterable<String> values) {
        meta.set(name, Json.texts(values));
        return this;
    }

    Refusal meta(String name, long value) {
        meta.put(name, value);
        return this;
    }

    Refusal retryAfter(long seconds) {
        retryAfterSeconds = (int) Math.clamp(seconds, 1, 86_400);
        return this;
    }

    /** Says something more beside the reason. */
    public Refusal also(Refusal other) {
        also = other;
        return this;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** Seconds for {@code Retry-After}; 0 where none is sent. */
    int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Everything that is said, the reason first. */
    List<ObjectNode> errors() {
        return also == null ? List.of(json()) : List.of(json(), also.json());
    }

    ObjectNode json() {
        ObjectNode error = Json.object();
        error.put("message", getMessage());
        error.put("long_message", longMessage);
        error.put("code", code);
        if (!meta.isEmpty()) error.set("meta", meta);
        return error;
    }
}
