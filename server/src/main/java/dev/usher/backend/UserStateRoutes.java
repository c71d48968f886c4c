package dev.usher.backend;

import dev.usher.base.Json;
import dev.usher.factor.Passwords;
import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.http.UserErrors;
import dev.usher.instance.Instance;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.user.Accounts;
import dev.usher.user.User;
import java.util.List;
import java.util.Optional;

/** Below {@code /v1/users/{user_id}}: ban, lock, metadata and password of an account. */
final class UserStateRoutes {
    private static final String ONE = "/v1/users/{user_id}";
    private static final int MOST_AT_ONCE = 100;

    private final Store store;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Passwords passwords;

    UserStateRoutes(Store store, Accounts accounts, Sessions sessions, Passwords passwords) {
        this.store = store;
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
    }

    void mount(Router backend) {
        backend.add("POST", ONE + "/ban", exchange -> change(exchange, (tx, user) -> ban(tx, exchange, user)))
                .add("POST", ONE + "/unban", exchange -> change(exchange, (tx, user) -> unban(tx, exchange, user)))
                .add("POST", "/v1/users/ban", exchange -> changeAll(exchange, (tx, user) -> ban(tx, exchange, user)))
                .add(
                        "POST",
                        "/v1/users/unban",
                        exchange -> changeAll(exchange, (tx, user) -> unban(tx, exchange, user)))
                .add("POST", ONE + "/lock", exchange -> change(exchange, (tx, user) -> lock(tx, exchange, user)))
                .add("POST", ONE + "/unlock", exchange -> change(exchange, (tx, user) -> unlock(tx, exchange, user)))
                .add("PATCH", ONE + "/metadata", this::mergeMetadata)
                .add("PUT", ONE + "/metadata", this::replaceMetadata)
                .add("POST", ONE + "/verify_password", this::verifyPassword)
                .add("POST", ONE + "/remove_password", this::removePassword)
                .add("POST", ONE + "/password/set_compromised", this::setCompromised)
                .add("POST", ONE + "/password/unset_compromised", this::unsetCompromised);
    }

    /** What happens to one account. */
    private interface Change {
        void to(WriteTx tx, User user);
    }

    private Reply change(Exchange exchange, Change change) {
        exchange.body();
        return changed(exchange, change);
    }

    private Reply changed(Exchange exchange, Change change) {
        String userId = exchange.param("user_id");
        return UserView.reply(exchange, store.write(tx -> changed(tx, exchange, userId, change)));
    }

    private User changed(WriteTx tx, Exchange exchange, String userId, Change change) {
        Instance instance = Instance.of(exchange);
        change.to(tx, accounts.get(tx, instance, userId));
        return accounts.get(tx, instance, userId);
    }

    /** All of them or, when one is not found, none. */
    private Reply changeAll(Exchange exchange, Change change) {
        Body body = exchange.body("user_ids");
        List<String> ids = body.present("user_ids", body.texts("user_ids"), List::isEmpty);
        if (ids.size() > MOST_AT_ONCE)
            throw Errors.invalidValue("user_ids", "At most " + MOST_AT_ONCE + " users are changed at once.");
        List<User> users = store.write(tx -> ids.stream()
                .distinct()
                .map(id -> changed(tx, exchange, id, change))
                .toList());
        return Lists.list(users, user -> UserView.json(exchange, user));
    }

    /** A banned user is signed out everywhere. */
    private void ban(WriteTx tx, Exchange exchange, User user) {
        accounts.setBanned(tx, user, true, exchange.now());
        sessions.revokeAllOf(tx, Instance.of(exchange), user.id(), exchange.now());
    }

    private void unban(WriteTx tx, Exchange exchange, User user) {
        accounts.setBanned(tx, user, false, exchange.now());
    }

    private void lock(WriteTx tx, Exchange exchange, User user) {
        accounts.lock(tx, Instance.of(exchange), user, exchange.now());
    }

    private void unlock(WriteTx tx, Exchange exchange, User user) {
        accounts.unlock(tx, user, exchange.now());
    }

    private Reply mergeMetadata(Exchange exchange) {
        var metadata = metadata(exchange);
        return changed(exchange, (tx, user) -> accounts.mergeMetadata(tx, user, metadata, exchange.now()));
    }

    private Reply replaceMetadata(Exchange exchange) {
        var metadata = metadata(exchange);
        return changed(exchange, (tx, user) -> accounts.replaceMetadata(tx, user, metadata, exchange.now()));
    }

    private static Accounts.MetadataChange metadata(Exchange exchange) {
        return AccountFields.metadata(exchange.body("public_metadata", "private_metadata", "unsafe_metadata"));
    }

    private Reply verifyPassword(Exchange exchange) {
        String password = exchange.body("password").required("password");
        User user = store.read(tx -> accounts.get(tx, Instance.of(exchange), exchange.param("user_id")));
        String hash = user.passwordHash().orElseThrow(UserErrors::noPasswordSet);
        if (!passwords.matches(password, hash)) throw UserErrors.incorrectPassword();
        return Reply.bare(Json.object().put("verified", true));
    }

    private Reply removePassword(Exchange exchange) {
        boolean signOut =
                AccountFields.isSet(exchange.body("sign_out_of_other_sessions"), "sign_out_of_other_sessions");
        return changed(exchange, (tx, user) -> {
            if (user.passwordHash().isPresent()) accounts.setPassword(tx, user, Optional.empty(), exchange.now());
            if (signOut) sessions.revokeAllOf(tx, Instance.of(exchange), user.id(), exchange.now());
        });
    }

    private Reply setCompromised(Exchange exchange) {
        boolean signOut = AccountFields.isSet(exchange.body("revoke_all_sessions"), "revoke_all_sessions");
        return changed(exchange, (tx, user) -> {
            accounts.setCompromised(tx, user, true, exchange.now());
            if (signOut) sessions.revokeAllOf(tx, Instance.of(exchange), user.id(), exchange.now());
        });
    }

    private Reply unsetCompromised(Exchange exchange) {
        return change(exchange, (tx, user) -> accounts.setCompromised(tx, user, false, exchange.now()));
    }
}
