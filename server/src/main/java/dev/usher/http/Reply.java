package dev.usher.http;

import dev.usher.base.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An answer before the edge has finished it. */
public final class Reply {
    /** A response header. */
    public record Header(String name, String value) {
        /** Whether this header takes the other one's place: cookies stand beside each other, but one name once. */
        boolean replaces(Header other) {
            if (!name.equalsIgnoreCase(other.name)) return false;
            return !name.equalsIgnoreCase("Set-Cookie") || cookieName().equals(other.cookieName());
        }

        private String cookieName() {
            return value.substring(0, value.indexOf('='));
        }
    }

    private final int status;
    private final List<Header> headers = new ArrayList<>();
    private final byte[] body;
    private final @Nullable JsonNode resource;
    private final boolean enveloped;
    private boolean withClient;

    private Reply(int status, byte[] body, @Nullable JsonNode resource, boolean enveloped) {
        this.status = status;
        this.body = body;
        this.resource = resource;
        this.enveloped = enveloped;
    }

    /** A resource inside the envelope {@code {"response": …, "client": null}}; null where there is none. */
    public static Reply resource(@Nullable JsonNode resource) {
        return new Reply(200, new byte[0], resource, true).header("Content-Type", "application/json");
    }

    /** JSON as it stands, without the envelope. */
    public static Reply bare(JsonNode json) {
        return json(200, json);
    }

    /** Done, and nothing to say. */
    public static Reply none() {
        return empty(204);
    }

    static Reply json(int status, JsonNode json) {
        return new Reply(status, Json.bytes(json), null, false).header("Content-Type", "application/json");
    }

    /** Bytes of some other type. */
    public static Reply bytes(int status, String contentType, byte[] body) {
        return new Reply(status, body, null, false).header("Content-Type", contentType);
    }

    static Reply empty(int status) {
        return new Reply(status, new byte[0], null, false);
    }

    /** Sends the caller elsewhere. */
    public static Reply redirect(int status, String location) {
        return empty(status).header("Location", location);
    }

    /** Puts the caller's client, as it is after this request, into the envelope. */
    public Reply withClient() {
        withClient = true;
        return this;
    }

    public Reply header(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    boolean wantsClient() {
        return withClient;
    }

    /** The bytes to send, the envelope closed around this client. */
    byte[] bodyWith(@Nullable JsonNode client) {
        if (!enveloped) return body;
        var envelope = Json.object();
        envelope.set("response", resource == null ? Json.object().nullNode() : resource);
        envelope.set("client", client == null ? envelope.nullNode() : client);
        return Json.bytes(envelope);
    }

    int status() {
        return status;
    }

    List<Header> headers() {
        return headers;
    }

    boolean has(String name) {
        return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
    }
}
