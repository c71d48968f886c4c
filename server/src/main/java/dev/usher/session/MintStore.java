package dev.usher.session;

import dev.usher.base.Secret;
import dev.usher.http.ClientToken;
import dev.usher.http.Credentials;
import dev.usher.http.Exchange;
import dev.usher.store.Tx;
import java.util.Optional;

/** The one read of the mint path: session, user and proof of the client together. Anything unusual is left to the verbs. */
final class MintStore {
    private static final String BY_COOKIE = """
            select s.*, c.secret_hash from client c
                join session s on s.client_id = c.id
                join user_account u on u.id = s.user_id
            where c.id = :client and s.id = :session and c.instance_id = :instance and not u.banned
            """;
    private static final String BY_DEV_BROWSER = """
            select s.* from dev_browser d
                join session s on s.client_id = d.client_id
                join user_account u on u.id = s.user_id
            where d.token_hash = :token and s.id = :session and d.instance_id = :instance and not u.banned
            """;

    private MintStore() {}

    static Optional<Session> find(Tx tx, Exchange exchange, String sessionId) {
        Credentials credentials = exchange.credentials();
        if (credentials.devBrowser().isPresent())
            return byDevBrowser(
                    tx, exchange, sessionId, credentials.devBrowser().get());
        return credentials.token().flatMap(token -> byCookie(tx, exchange, sessionId, token));
    }

    private static Optional<Session> byCookie(Tx tx, Exchange exchange, String sessionId, ClientToken token) {
        return tx.query(BY_COOKIE)
                .bind("client", token.clientId())
                .bind("session", sessionId)
                .bind("instance", exchange.site().id())
                .map((row, context) -> token.secret().hashesTo(row.getString("secret_hash"))
                        ? Optional.of(SessionStore.SESSION.map(row, context))
                        : Optional.<Session>empty())
                .findOne()
                .flatMap(session -> session);
    }

    private static Optional<Session> byDevBrowser(Tx tx, Exchange exchange, String sessionId, Secret devBrowser) {
        return tx.query(BY_DEV_BROWSER)
                .bind("token", devBrowser.hash())
                .bind("session", sessionId)
                .bind("instance", exchange.site().id())
                .map(SessionStore.SESSION)
                .findOne();
    }
}
