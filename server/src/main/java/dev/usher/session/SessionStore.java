package dev.usher.session;

import dev.usher.store.Change;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table {@code session}. */
final class SessionStore {
    static final RowMapper<Session> SESSION = (row, context) -> session(row);

    private SessionStore() {}

    static Optional<Session> find(Tx tx, String clientId, String sessionId) {
        return tx.query("select * from session where id = :id and client_id = :client")
                .bind("id", sessionId)
                .bind("client", clientId)
                .map(SESSION)
                .findOne();
    }

    static Optional<Session> findOfUser(Tx tx, String instanceId, String userId, String sessionId) {
        return tx.query("select * from session where id = :id and user_id = :user and instance_id = :instance")
                .bind("id", sessionId)
                .bind("user", userId)
                .bind("instance", instanceId)
                .map(SESSION)
                .findOne();
    }

    static Optional<Session> findOfInstance(Tx tx, String instanceId, String sessionId) {
        return tx.query("select * from session where id = :id and instance_id = :instance")
                .bind("id", sessionId)
                .bind("instance", instanceId)
                .map(SESSION)
                .findOne();
    }

    /** The client's sessions that nobody has closed, in the order of their creation. */
    static List<Session> unclosedOfClient(Tx tx, String clientId) {
        return tx.query(
                        "select * from session where client_id = :client and closed_status is null order by created_at, id")
                .bind("client", clientId)
                .map(SESSION)
                .list();
    }

    /** The user's sessions that nobody has closed, on every client, in the order of their creation. */
    static List<Session> unclosedOfUser(Tx tx, String instanceId, String userId) {
        return tx.query("""
                select * from session where user_id = :user and instance_id = :instance and closed_status is null
                order by created_at, id
                """)
                .bind("user", userId)
                .bind("instance", instanceId)
                .map(SESSION)
                .list();
    }

    /** The user's sessions on every client, the newest first. */
    static List<Session> ofUser(Tx tx, String instanceId, String userId, int limit) {
        return tx.query("""
                select * from session where user_id = :user and instance_id = :instance
                order by created_at desc, id desc limit :limit
                """)
                .bind("user", userId)
                .bind("instance", instanceId)
                .bind("limit", limit)
                .map(SESSION)
                .list();
    }

    static void insert(WriteTx tx, Session made) {
        tx.note(new Change("session.created", made.id()));
        tx.update("""
                insert into session (id, instance_id, client_id, user_id, created_at, updated_at, expire_at, abandon_at,
                    inactivity_timeout_ms, last_active_at, first_factor_at, second_factor_at, activity_id, device_type,
                    is_mobile, browser_name, browser_version, ip_address, city, country, last_active_organization_id,
                    actor, password_reset_due, second_factor_due)
                values (:id, :instance, :client, :user, :created_at, :created_at, :expire_at, :abandon_at,
                    :inactivity, :created_at, :first_factor_at, :second_factor_at, :activity_id, :device_type,
                    :is_mobile, :browser_name, :browser_version, :ip_address, :city, :country, :organization, :actor,
                    :password_reset_due, :second_factor_due)
                """)
                .bind("id", made.id())
                .bind("instance", made.instanceId())
                .bind("client", made.clientId())
                .bind("user", made.userId())
                .bind("created_at", made.createdAt().toEpochMilli())
                .bind("expire_at", made.deadlines().expireAt().toEpochMilli())
                .bind("abandon_at", made.deadlines().abandonAt().toEpochMilli())
                .bind(
                        "inactivity",
                        made.deadlines()
                                .inactivityTimeout()
                                .map(Duration::toMillis)
                                .orElse(null))
                .bind("first_factor_at", Rows.millis(made.factorAges().first()))
                .bind("second_factor_at", Rows.millis(made.factorAges().second()))
                .bind("activity_id", made.activity().id())
                .bind("device_type", made.activity().deviceType().orElse(null))
                .bind("is_mobile", made.activity().isMobile())
                .bind("browser_name", made.activity().browserName().orElse(null))
                .bind("browser_version", made.activity().browserVersion().orElse(null))
                .bind("ip_address", made.activity().ipAddress().orElse(null))
                .bind("city", made.activity().city().orElse(null))
                .bind("country", made.activity().country().orElse(null))
                .bind("organization", made.lastActiveOrganizationId().orElse(null))
                .bind("actor", made.actor().orElse(null))
                .bind("password_reset_due", made.kept().contains(SessionTask.RESET_PASSWORD))
                .bind("second_factor_due", made.kept().contains(SessionTask.SETUP_MFA))
                .execute();
    }

    /** Abandonment comes no sooner than the end. */
    static void expireAt(WriteTx tx, String sessionId, Instant expireAt, Instant now) {
        tx.update("""
                update session set expire_at = :expire_at, updated_at = :now,
                    abandon_at = case when abandon_at < :expire_at then :expire_at else abandon_at end
                where id = :id
                """)
                .bind("id", sessionId)
                .bind("expire_at", expireAt.toEpochMilli())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** The user's password is one that nobody else knows. */
    static void passwordReset(WriteTx tx, String userId, Instant now) {
        tx.update("""
                update session set password_reset_due = false, updated_at = :now
                where user_id = :user and password_reset_due
                """).bind("user", userId).bind("now", now.toEpochMilli()).execute();
    }

    /** The user has a second factor. */
    static void secondFactorSet(WriteTx tx, String userId, Instant now) {
        tx.update("""
                update session set second_factor_due = false, updated_at = :now
                where user_id = :user and second_factor_due
                """).bind("user", userId).bind("now", now.toEpochMilli()).execute();
    }

    /** Factors that were proved once more; the others stay as they are. */
    static void proved(WriteTx tx, String sessionId, FactorAges proved, Instant now) {
        tx.update("""
                update session set first_factor_at = coalesce(cast(:first as bigint), first_factor_at),
                    second_factor_at = coalesce(cast(:second as bigint), second_factor_at), updated_at = :now
                where id = :id
                """)
                .bind("id", sessionId)
                .bind("first", Rows.millis(proved.first()))
                .bind("second", Rows.millis(proved.second()))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Closes a session that is not closed; of several at once, one does. */
    static boolean close(WriteTx tx, String sessionId, SessionStatus status, Instant now) {
        boolean closed = tx.update("""
                        update session set closed_status = :status, closed_at = :now, updated_at = :now
                        where id = :id and closed_status is null
                        """)
                        .bind("id", sessionId)
                        .bind("status", status.wire())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
        if (closed) tx.note(new Change("session." + status.wire(), sessionId));
        return closed;
    }

    /** A session that was ended leaves its client for good. */
    static boolean removeEnded(WriteTx tx, String sessionId, Instant now) {
        boolean removed = tx.update("""
                        update session set closed_status = 'removed', updated_at = :now
                        where id = :id and closed_status = 'ended'
                        """)
                        .bind("id", sessionId)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
        if (removed) tx.note(new Change("session.removed", sessionId));
        return removed;
    }

    static void touched(WriteTx tx, String sessionId, Instant now) {
        tx.update(
                        "update session set last_active_at = :now, updated_at = :now where id = :id and last_active_at <= :now")
                .bind("id", sessionId)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Another organization is the active one, or none is. */
    static void activate(WriteTx tx, String sessionId, Optional<String> organizationId, Instant now) {
        tx.update("""
                update session set last_active_organization_id = :organization, updated_at = :now
                where id = :id and last_active_organization_id is distinct from :organization
                """)
                .bind("id", sessionId)
                .bind("organization", organizationId.orElse(null))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** The organization is active in no session of the user any more, or in none at all. */
    static void deactivate(WriteTx tx, String organizationId, Optional<String> userId, Instant now) {
        tx.update("""
                update session set last_active_organization_id = null, updated_at = :now
                where last_active_organization_id = :organization and user_id = coalesce(cast(:user as text), user_id)
                """)
                .bind("organization", organizationId)
                .bind("user", userId.orElse(null))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Activity alone: what the person sees of the session does not change. */
    static void active(WriteTx tx, String sessionId, Instant at) {
        tx.update("update session set last_active_at = :at where id = :id and last_active_at < :at")
                .bind("id", sessionId)
                .bind("at", at.toEpochMilli())
                .execute();
    }

    /**
     * Sessions that came to their end by themselves since the instant and of which nobody was told; each is found once. With
     * the fewest there may be, an open session that is looked at is not held up.
     */
    static List<String> expired(WriteTx tx, String instanceId, Instant since, Instant now, int limit) {
        return tx.query("""
                update session set expiry_told = true where id in (
                    select id from session
                    where instance_id = :instance and closed_status is null and not expiry_told and expire_at > :since
                        and (expire_at <= :now or last_active_at + inactivity_timeout_ms <= :now)
                    limit :limit)
                returning id
                """)
                .bind("instance", instanceId)
                .bind("since", since.toEpochMilli())
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** Forgets sessions that have been dead since before the instant. */
    static int sweep(WriteTx tx, Instant deadBefore, int limit) {
        return tx.update("""
                delete from session where id in (
                    select id from session
                    where closed_at < :before or (closed_at is null and expire_at < :before) limit :limit)
                """)
                .bind("before", deadBefore.toEpochMilli())
                .bind("limit", limit)
                .execute();
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getString("id"),
                row.getString("instance_id"),
                row.getString("client_id"),
                row.getString("user_id"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                Rows.instant(row, "last_active_at"),
                deadlines(row),
                closing(row),
                new FactorAges(Rows.maybeInstant(row, "first_factor_at"), Rows.maybeInstant(row, "second_factor_at")),
                Rows.maybeText(row, "last_active_organization_id"),
                activity(row),
                Rows.maybeText(row, "actor"),
                SessionTasks.kept(row.getBoolean("password_reset_due"), row.getBoolean("second_factor_due")),
                List.of());
    }

    private static Deadlines deadlines(ResultSet row) throws SQLException {
        long inactivity = row.getLong("inactivity_timeout_ms");
        Optional<Duration> timeout = row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(inactivity));
        return new Deadlines(Rows.instant(row, "expire_at"), Rows.instant(row, "abandon_at"), timeout);
    }

    private static Optional<Closing> closing(ResultSet row) throws SQLException {
        String status = row.getString("closed_status");
        if (status == null) return Optional.empty();
        return Optional.of(new Closing(SessionStatus.ofWire(status), Rows.instant(row, "closed_at")));
    }

    private static Activity activity(ResultSet row) throws SQLException {
        return new Activity(
                row.getString("activity_id"),
                Rows.maybeText(row, "device_type"),
                row.getBoolean("is_mobile"),
                Rows.maybeText(row, "browser_name"),
                Rows.maybeText(row, "browser_version"),
                Rows.maybeText(row, "ip_address"),
                Rows.maybeText(row, "city"),
                Rows.maybeText(row, "country"));
    }
}
