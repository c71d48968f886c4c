package dev.usher.session;

import dev.usher.http.Credentials;
import dev.usher.http.Exchange;
import dev.usher.organization.ActiveOrganization;
import dev.usher.store.Packed;
import dev.usher.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The one read of the mint path: session, user, proof of the client, and the organization with the member's role and
 * permissions, one row for each of them. Anything unusual is left to the verbs.
 */
final class MintStore {
    /** The organization asked for, else the active one; that nobody is a member of an empty id stands for none. */
    private static final String ORGANIZATION = """
                left join organization_membership m on m.user_id = s.user_id
                    and m.organization_id = coalesce(cast(? as text), s.last_active_organization_id)
                left join organization o on o.id = m.organization_id
                left join organization_role r on r.id = m.role_id
                left join organization_role_permission g on g.role_id = m.role_id and g.custom
                left join organization_permission p on p.id = g.permission_id
            """;

    private static final String BY_COOKIE = select("c.secret_hash") + """
             from client c
                join session s on s.client_id = c.id
                join user_account u on u.id = s.user_id
            """ + ORGANIZATION + """
            where c.id = ? and s.id = ? and c.instance_id = ? and s.closed_status is null and not u.banned
            """;
    private static final String BY_DEV_BROWSER = select("d.token_hash") + """
             from dev_browser d
                join session s on s.client_id = d.client_id
                join user_account u on u.id = s.user_id
            """ + ORGANIZATION + """
            where d.token_hash = ? and s.id = ? and d.instance_id = ? and s.closed_status is null and not u.banned
            """;

    private MintStore() {}

    /** Read by {@link #mintable} in the same order. */
    private static String select(String proof) {
        return "select "
                + Packed.columns(
                        proof,
                        "s.client_id",
                        "s.user_id",
                        "s.created_at",
                        "s.updated_at",
                        "s.last_active_at",
                        "s.expire_at",
                        "s.abandon_at",
                        "s.inactivity_timeout_ms",
                        "s.first_factor_at",
                        "s.second_factor_at",
                        "s.last_active_organization_id",
                        "s.actor",
                        Packed.flag("s.password_reset_due"),
                        Packed.flag("s.second_factor_due"),
                        "o.id",
                        "o.slug",
                        "r.key")
                + ", p.key";
    }

    /**
     * The session as it can be minted for. Of the device that it was opened from nothing is read.
     *
     * @param organization the id of an organization instead of the active one, or an empty text for none at all
     */
    static Optional<Sessions.Mintable> find(Tx tx, Exchange exchange, String sessionId, Optional<String> organization) {
        Credentials credentials = exchange.credentials();
        if (credentials.devBrowser().isPresent()) {
            String hash = credentials.devBrowser().get().hash();
            return find(tx, BY_DEV_BROWSER, exchange, hash, sessionId, organization, hash::equals);
        }
        return credentials
                .token()
                .flatMap(token -> find(
                        tx, BY_COOKIE, exchange, token.clientId(), sessionId, organization, token.secret()::hashesTo));
    }

    private static Optional<Sessions.Mintable> find(
            Tx tx,
            String sql,
            Exchange exchange,
            String shown,
            String sessionId,
            Optional<String> organization,
            Predicate<String> proof) {
        String instanceId = exchange.site().id();
        return tx.rows(
                sql,
                rows -> rows.next() ? mintable(rows, sessionId, instanceId, proof) : Optional.empty(),
                organization.orElse(null),
                shown,
                sessionId,
                instanceId);
    }

    /**
     * The session of the first row, when its caller has proved to be the client.
     *
     * @param proof compares what the caller showed with the hash that is kept
     */
    private static Optional<Sessions.Mintable> mintable(
            ResultSet rows, String sessionId, String instanceId, Predicate<String> proof) throws SQLException {
        Packed row = Packed.read(rows.getString(1));
        if (!proof.test(row.text())) return Optional.empty();
        String clientId = row.text();
        String userId = row.text();
        Session session = new Session(
                sessionId,
                instanceId,
                clientId,
                userId,
                row.instant(),
                row.instant(),
                row.instant(),
                new Deadlines(row.instant(), row.instant(), row.maybeMillis()),
                Optional.empty(),
                new FactorAges(row.maybeInstant(), row.maybeInstant()),
                row.maybeText(),
                Activity.NONE,
                row.maybeText(),
                SessionTasks.kept(row.flag(), row.flag()),
                List.of());
        return Optional.of(new Sessions.Mintable(session, organization(row, rows)));
    }

    /** Reads on to the last row, since each brings one permission. */
    private static Optional<ActiveOrganization> organization(Packed row, ResultSet rows) throws SQLException {
        Optional<String> id = row.maybeText();
        if (id.isEmpty()) return Optional.empty();
        Optional<String> slug = row.maybeText();
        String role = row.text();
        List<String> permissions = new ArrayList<>();
        do {
            Optional.ofNullable(rows.getString(2)).ifPresent(permissions::add);
        } while (rows.next());
        return Optional.of(new ActiveOrganization(id.get(), slug, role, permissions));
    }
}
