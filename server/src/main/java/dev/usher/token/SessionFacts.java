package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.session.Session;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The shortcodes {@code session.…}. */
final class SessionFacts {
    private SessionFacts() {}

    static ObjectNode of(Session session) {
        ObjectNode facts = Json.object().put("id", session.id());
        session.actor().ifPresentOrElse(actor -> facts.set("actor", Json.parse(actor)), () -> facts.putNull("actor"));
        facts.putNull("reverification_id");
        UserFacts.put(facts, "created_at", Optional.of(session.createdAt()));
        UserFacts.put(facts, "expire_at", Optional.of(session.deadlines().expireAt()));
        return facts;
    }
}
