package dev.usher.session;

import dev.usher.http.Paging;
import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import dev.usher.store.Tx;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.Query;

/** Lists of sessions by client, user and status. What follows from facts and the time is said in SQL once more here. */
final class SessionSearch {
    private static final String MATCHING = """
            from session where instance_id = :instance
                and client_id = coalesce(cast(:client as text), client_id)
                and user_id = coalesce(cast(:user as text), user_id)
                and coalesce(cast(:status as text), 'any') in ('any', coalesce(closed_status, case
                    when abandon_at <= :now then 'abandoned'
                    when expire_at <= :now or last_active_at + inactivity_timeout_ms <= :now then 'expired'
                    when :choosing = 1 and last_active_organization_id is null then 'pending'
                    else 'active' end))
            """;

    private SessionSearch() {}

    static List<String> ids(Tx tx, Instance instance, ServerSessions.Filter filter, Paging paging, Instant now) {
        return bound(
                        tx,
                        "select id " + MATCHING + "order by created_at desc, id desc limit :limit offset :offset",
                        instance,
                        filter,
                        now)
                .bind("limit", paging.limit())
                .bind("offset", paging.offset())
                .mapTo(String.class)
                .list();
    }

    static long count(Tx tx, Instance instance, ServerSessions.Filter filter, Instant now) {
        return bound(tx, "select count(*) " + MATCHING, instance, filter, now)
                .mapTo(Long.class)
                .one();
    }

    private static Query bound(Tx tx, String sql, Instance instance, ServerSessions.Filter filter, Instant now) {
        Settings.Organizations organizations = instance.settings().organizations();
        boolean choosing = organizations.enabled() && organizations.forceSelection();
        return tx.query(sql)
                .bind("instance", instance.id())
                .bind("client", filter.clientId().orElse(null))
                .bind("user", filter.userId().orElse(null))
                .bind("status", filter.status().map(SessionStatus::wire).orElse(null))
                .bind("choosing", choosing ? 1 : 0)
                .bind("now", now.toEpochMilli());
    }

    static List<String> ofClient(Tx tx, Instance instance, String clientId, int limit) {
        return tx.query("""
                select id from session where instance_id = :instance and client_id = :client
                    and closed_status is distinct from 'removed'
                order by created_at desc, id desc limit :limit
                """)
                .bind("instance", instance.id())
                .bind("client", clientId)
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }
}
