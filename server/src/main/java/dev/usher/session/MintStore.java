package dev.usher.session;

import dev.usher.base.Secret;
import dev.usher.http.ClientToken;
import dev.usher.http.Credentials;
import dev.usher.http.Exchange;
import dev.usher.organization.ActiveOrganization;
import dev.usher.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The one read of the mint path: session, user, proof of the client, and the organization with the member's role and
 * permissions, one row for each of them. Anything unusual is left to the verbs.
 */
final class MintStore {
    /** The organization asked for, else the active one; that nobody is a member of an empty id stands for none. */
    private static final String ORGANIZATION = """
                left join organization_membership m on m.user_id = s.user_id
                    and m.organization_id = coalesce(cast(:organization as text), s.last_active_organization_id)
                left join organization o on o.id = m.organization_id
                left join organization_role r on r.id = m.role_id
                left join organization_role_permission g on g.role_id = m.role_id and g.custom
                left join organization_permission p on p.id = g.permission_id
            """;

    private static final String COLUMNS =
            "s.*, o.id as organization_id, o.slug as organization_slug, r.key as role, p.key as permission";
    private static final String BY_COOKIE = "select c.secret_hash, " + COLUMNS + """
             from client c
                join session s on s.client_id = c.id
                join user_account u on u.id = s.user_id
            """ + ORGANIZATION + """
            where c.id = :client and s.id = :session and c.instance_id = :instance and not u.banned
            """;
    private static final String BY_DEV_BROWSER = "select " + COLUMNS + """
             from dev_browser d
                join session s on s.client_id = d.client_id
                join user_account u on u.id = s.user_id
            """ + ORGANIZATION + """
            where d.token_hash = :token and s.id = :session and d.instance_id = :instance and not u.banned
            """;

    private MintStore() {}

    /**
     * The session as it can be minted for.
     *
     * @param organization the id of an organization instead of the active one, or an empty text for none at all
     */
    static Optional<Sessions.Mintable> find(Tx tx, Exchange exchange, String sessionId, Optional<String> organization) {
        Credentials credentials = exchange.credentials();
        if (credentials.devBrowser().isPresent())
            return byDevBrowser(
                    tx, exchange, sessionId, credentials.devBrowser().get(), organization);
        return credentials.token().flatMap(token -> byCookie(tx, exchange, sessionId, token, organization));
    }

    private static Optional<Sessions.Mintable> byCookie(
            Tx tx, Exchange exchange, String sessionId, ClientToken token, Optional<String> organization) {
        return tx.query(BY_COOKIE)
                .bind("client", token.clientId())
                .bind("session", sessionId)
                .bind("instance", exchange.site().id())
                .bind("organization", organization.orElse(null))
                .scanResultSet((rows, context) ->
                        mintable(rows, context, row -> token.secret().hashesTo(row.getString("secret_hash"))));
    }

    private static Optional<Sessions.Mintable> byDevBrowser(
            Tx tx, Exchange exchange, String sessionId, Secret devBrowser, Optional<String> organization) {
        return tx.query(BY_DEV_BROWSER)
                .bind("token", devBrowser.hash())
                .bind("session", sessionId)
                .bind("instance", exchange.site().id())
                .bind("organization", organization.orElse(null))
                .scanResultSet((rows, context) -> mintable(rows, context, row -> true));
    }

    /** Whether the caller has proved to be the client of the row. */
    private interface Proof {
        boolean holds(ResultSet row) throws SQLException;
    }

    private static Optional<Sessions.Mintable> mintable(Supplier<ResultSet> rows, StatementContext context, Proof proof)
            throws SQLException {
        try (context;
                ResultSet row = rows.get()) {
            if (!row.next() || !proof.holds(row)) return Optional.empty();
            Session session = SessionStore.SESSION.map(row, context);
            return Optional.of(new Sessions.Mintable(session, organization(row)));
        }
    }

    /** Reads on to the last row, since each brings one permission. */
    private static Optional<ActiveOrganization> organization(ResultSet row) throws SQLException {
        String id = row.getString("organization_id");
        if (id == null) return Optional.empty();
        Optional<String> slug = Optional.ofNullable(row.getString("organization_slug"));
        String role = row.getString("role");
        List<String> permissions = new ArrayList<>();
        do {
            Optional.ofNullable(row.getString("permission")).ifPresent(permissions::add);
        } while (row.next());
        return Optional.of(new ActiveOrganization(id, slug, role, permissions));
    }
}
