package dev.usher.client;

import dev.usher.http.Exchange;
import dev.usher.store.Tx;
import tools.jackson.databind.JsonNode;

/** Sign-in and sign-up attempts that a client is in the middle of. */
public interface Attempts {
    /** The client's unfinished sign-in, or JSON null. */
    JsonNode signIn(Tx tx, Exchange exchange, String clientId);

    /** The client's unfinished sign-up, or JSON null. */
    JsonNode signUp(Tx tx, Exchange exchange, String clientId);
}
