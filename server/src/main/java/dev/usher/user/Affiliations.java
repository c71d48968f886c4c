package dev.usher.user;

import dev.usher.http.Exchange;
import dev.usher.store.Tx;
import tools.jackson.databind.JsonNode;

/** What users belong to, which other rooms keep. */
@FunctionalInterface
public interface Affiliations {
    /** The user's organization memberships as they are shown. */
    JsonNode of(Tx tx, Exchange exchange, String userId);
}
