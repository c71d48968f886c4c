package dev.usher.backend;

import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.user.User;
import dev.usher.user.UserJson;
import tools.jackson.databind.node.ObjectNode;

/** A user as servers see one: what the person sees, and the private metadata. */
final class UserView {
    private UserView() {}

    static ObjectNode json(Exchange exchange, User user) {
        ObjectNode json = UserJson.of(exchange, user);
        json.set("private_metadata", user.terms().privateMetadata());
        return json;
    }

    static Reply reply(Exchange exchange, User user) {
        return Reply.bare(json(exchange, user));
    }
}
