package dev.usher.session;

import dev.usher.http.Paging;
import dev.usher.instance.Instance;
import dev.usher.store.Tx;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.Query;

/** Lists of sessions by client, user and status. What follows from facts and the time is said in SQL once more here. */
final class SessionSearch {
    private static final String OF_INSTANCE = "from session where instance_id = :instance";
    private static final String OF_CLIENT = " and client_id = :client";
    private static final String OF_USER = " and user_id = :user";
    private static final String OF_STATUS = """
             and coalesce(closed_status, case
                when abandon_at <= :now then 'abandoned'
                when expire_at <= :now or last_active_at + inactivity_timeout_ms <= :now then 'expired'
                when password_reset_due or (:requiring = 1 and second_factor_due)
                    or (:choosing = 1 and last_active_organization_id is null) then 'pending'
                else 'active' end) = :status
            """;

    private SessionSearch() {}

    /** The newest first. */
    static List<Session> list(Tx tx, Instance instance, ServerSessions.Filter filter, Paging paging, Instant now) {
        String sql = "select * " + matching(filter) + " order by created_at desc, id desc limit :limit offset :offset";
        return bound(tx, sql, instance, filter, now)
                .bind("limit", paging.limit())
                .bind("offset", paging.offset())
                .map(SessionStore.SESSION)
                .list();
    }

    static long count(Tx tx, Instance instance, ServerSessions.Filter filter, Instant now) {
        return bound(tx, "select count(*) " + matching(filter), instance, filter, now)
                .mapTo(Long.class)
                .one();
    }

    /** One of eight texts; only what is asked for stands in it, so that the indexes by client and by user serve. */
    private static String matching(ServerSessions.Filter filter) {
        return OF_INSTANCE
                + (filter.clientId().isPresent() ? OF_CLIENT : "")
                + (filter.userId().isPresent() ? OF_USER : "")
                + (filter.status().isPresent() ? OF_STATUS : "");
    }

    private static Query bound(Tx tx, String sql, Instance instance, ServerSessions.Filter filter, Instant now) {
        Query query = tx.query(sql).bind("instance", instance.id());
        filter.clientId().ifPresent(id -> query.bind("client", id));
        filter.userId().ifPresent(id -> query.bind("user", id));
        filter.status()
                .ifPresent(status -> query.bind("status", status.wire())
                        .bind("choosing", OrganizationChoice.isForced(instance) ? 1 : 0)
                        .bind("requiring", SessionTasks.requiresSecondFactor(instance) ? 1 : 0)
                        .bind("now", now.toEpochMilli()));
        return query;
    }

    /** The newest first, without those that the client was taken away from. */
    static List<Session> ofClient(Tx tx, Instance instance, String clientId, int limit) {
        return tx.query("""
                select * from session where instance_id = :instance and client_id = :client
                    and closed_status is distinct from 'removed'
                order by created_at desc, id desc limit :limit
                """)
                .bind("instance", instance.id())
                .bind("client", clientId)
                .bind("limit", limit)
                .map(SessionStore.SESSION)
                .list();
    }
}
