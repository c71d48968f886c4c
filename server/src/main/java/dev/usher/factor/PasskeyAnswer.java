package dev.usher.factor;

import dev.usher.base.Json;
import dev.usher.http.PasskeyErrors;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a browser returned of a passkey: JSON with binary values in base64url. */
record PasskeyAnswer(JsonNode json) {
    private static final int LONGEST = 32 * 1024;

    /** Reads the form field.
     *
     * @throws dev.usher.http.Refusal when it is no such JSON
     */
    static PasskeyAnswer parse(String text) {
        try {
            if (text.length() > LONGEST) throw PasskeyErrors.credentialInvalid();
            JsonNode json = Json.parse(text);
            if (!json.isObject() || !json.path("response").isObject()) throw PasskeyErrors.credentialInvalid();
            return new PasskeyAnswer(json);
        } catch (JacksonException e) {
            throw PasskeyErrors.credentialInvalid();
        }
    }

    /** The credential's id as the database keeps it. */
    String id() {
        return WebAuthn.text(credentialId());
    }

    byte[] credentialId() {
        return decoded(json.path("rawId").isString() ? json.path("rawId") : json.path("id"));
    }

    byte[] clientData() {
        return response("clientDataJSON");
    }

    byte[] attestationObject() {
        return response("attestationObject");
    }

    byte[] authenticatorData() {
        return response("authenticatorData");
    }

    byte[] signature() {
        return response("signature");
    }

    /** The ways to reach the authenticator, as the browser names them. */
    String transports() {
        List<String> names = new ArrayList<>();
        json.path("response").path("transports").forEach(one -> names.add(one.asString("")));
        return String.join(
                ",", names.stream().filter(name -> name.matches("[a-z-]{1,20}")).toList());
    }

    private byte[] response(String name) {
        return decoded(json.path("response").path(name));
    }

    private static byte[] decoded(JsonNode value) {
        try {
            return WebAuthn.bytes(value.asString("").replace("=", ""));
        } catch (IllegalArgumentException e) {
            throw PasskeyErrors.credentialInvalid();
        }
    }
}
