package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.session.Session;
import dev.usher.store.Tx;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The shortcodes {@code session.…}. */
final class SessionFacts {
    static final String REVERIFICATION = "reverification_id";

    private SessionFacts() {}

    /** The reverification that the person completed last, while it counts. */
    static Optional<String> reverificationId(Tx tx, String sessionId) {
        return tx.query("select id from reverification where session_id = :session and completed_at is not null")
                .bind("session", sessionId)
                .mapTo(String.class)
                .findOne();
    }

    static ObjectNode of(Session session) {
        ObjectNode facts = Json.object().put("id", session.id());
        session.actor().ifPresentOrElse(actor -> facts.set("actor", Json.parse(actor)), () -> facts.putNull("actor"));
        facts.putNull(REVERIFICATION);
        UserFacts.put(facts, "created_at", Optional.of(session.createdAt()));
        UserFacts.put(facts, "expire_at", Optional.of(session.deadlines().expireAt()));
        return facts;
    }
}
