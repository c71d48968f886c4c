package dev.usher.session;

import dev.usher.http.Exchange;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Signs and reads tokens that go between this server and those who hold a session's page. */
public interface PageTokens extends TokenSource {
    /** Claims of our own, signed with the instance's key in the category of session tokens. */
    String sign(Exchange exchange, ObjectNode claims);

    /** The claims of a session token that this instance signed, expired or not; empty for any other text. */
    Optional<JsonNode> read(Exchange exchange, String token);
}
