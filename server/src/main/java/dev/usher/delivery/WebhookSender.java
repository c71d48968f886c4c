package dev.usher.delivery;

import dev.usher.base.Json;
import dev.usher.base.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Hands SMS to an address of the operator's as JSON with {@code id}, {@code to} and {@code body}. */
public final class WebhookSender implements Sender {
    private final HttpPost post = new HttpPost();
    private final URI uri;
    private final Optional<Secret> token;

    /**
     * @param token sent as bearer token
     */
    public WebhookSender(URI uri, Optional<Secret> token) {
        this.uri = uri;
        this.token = token;
    }

    @Override
    public void send(String id, String recipient, String subject, String body) throws IOException {
        String json = Json.text(Json.object().put("id", id).put("to", recipient).put("body", body));
        if (token.isEmpty()) {
            post.send(uri, json, "Content-Type", "application/json", "Idempotency-Key", id);
        } else {
            String bearer = "Bearer " + token.get().reveal();
            post.send(uri, json, "Content-Type", "application/json", "Idempotency-Key", id, "Authorization", bearer);
        }
    }
}
