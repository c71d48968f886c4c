package dev.usher.user;

import dev.usher.http.Order;
import dev.usher.http.Paging;
import dev.usher.store.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** Finds users by filter. The text of the query is put together from the constants here, never from what was asked. */
final class UserSearchStore {
    private static final String EMAIL_OF =
            "exists (select 1 from email_address e where e.user_id = u.id and lower(e.email_address) ";
    private static final String PHONE_OF =
            "exists (select 1 from phone_number p where p.user_id = u.id and p.phone_number ";
    private static final String MEMBER_OF =
            "exists (select 1 from organization_membership m where m.user_id = u.id and m.organization_id in ";
    private static final String NAME = "lower(coalesce(u.first_name, '') || ' ' || coalesce(u.last_name, '')) ";
    private static final String LIKE = "like :%s escape '!'";

    private final StringBuilder where = new StringBuilder("u.instance_id = :instance");
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, List<String>> lists = new LinkedHashMap<>();

    private UserSearchStore(String instanceId, UserFilter filter) {
        values.put("instance", instanceId);
        listed("u.id", "user", filter.userIds());
        listed("u.external_id", "external", filter.externalIds());
        oneOf(EMAIL_OF + "in (<email>))", "email", filter.emailAddresses());
        oneOf(PHONE_OF + "in (<phone>))", "phone", filter.phoneNumbers());
        oneOf(
                MEMBER_OF + "(<organization>))",
                "organization",
                filter.organizationIds().in());
        oneOf(
                "not " + MEMBER_OF + "(<not_organization>))",
                "not_organization",
                filter.organizationIds().out());
        oneOf("lower(u.username) in (<username>)", "username", filter.usernames());
        texts(filter.texts());
        filter.banned().ifPresent(banned -> and("u.banned = :banned", "banned", banned));
        span("u.last_active_at", "active", filter.spans().lastActive());
        span("u.created_at", "created", filter.spans().created());
        span("u.last_sign_in_at", "signed", filter.spans().lastSignIn());
        if (filter.lacksAny()) where.append(" and 1 = 0");
    }

    static List<String> ids(Tx tx, String instanceId, UserFilter filter, Order order, Paging paging) {
        var search = new UserSearchStore(instanceId, filter);
        return search.query(tx, "select u.id from user_account u where ", order.sql() + " limit :limit offset :offset")
                .bind("limit", paging.limit())
                .bind("offset", paging.offset())
                .mapTo(String.class)
                .list();
    }

    /** The users that follow one in the order of creation, which no later change can move. */
    static List<String> idsAfter(Tx tx, String instanceId, UserFilter filter, User last, Order order, int limit) {
        var search = new UserSearchStore(instanceId, filter);
        String side = order.descending() ? "<" : ">";
        search.where.append(" and (u.created_at " + side + " :last_at or (u.created_at = :last_at and u.id " + side
                + " :last_id))");
        search.values.put("last_at", last.createdAt().toEpochMilli());
        search.values.put("last_id", last.id());
        return search.query(tx, "select u.id from user_account u where ", order.sql() + " limit :limit")
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    static long count(Tx tx, String instanceId, UserFilter filter) {
        return new UserSearchStore(instanceId, filter)
                .query(tx, "select count(*) from user_account u where ", "")
                .mapTo(long.class)
                .one();
    }

    private Query query(Tx tx, String head, String tail) {
        Query query = tx.query(head + where + " " + tail);
        values.forEach(query::bind);
        lists.forEach(query::bindList);
        return query;
    }

    private void and(String condition, String name, Object value) {
        where.append(" and ").append(condition);
        values.put(name, value);
    }

    private void oneOf(String condition, String name, List<String> wanted) {
        if (wanted.isEmpty()) return;
        where.append(" and ").append(condition);
        lists.put(name, wanted);
    }

    private void listed(String column, String name, UserFilter.Listed listed) {
        oneOf(column + " in (<" + name + ">)", name, listed.in());
        oneOf("(" + column + " is null or " + column + " not in (<not_" + name + ">))", "not_" + name, listed.out());
    }

    private void texts(UserFilter.Texts texts) {
        texts.any().ifPresent(text -> like(anywhere(), "any", text));
        texts.emailAddress().ifPresent(text -> like(like("like_email", EMAIL_OF) + ")", "like_email", text));
        texts.phoneNumber().ifPresent(text -> like(like("like_phone", PHONE_OF) + ")", "like_phone", text));
        texts.username().ifPresent(text -> like(like("like_username", "lower(u.username) "), "like_username", text));
        texts.name().ifPresent(text -> like(like("like_name", NAME), "like_name", text));
    }

    private static String anywhere() {
        return "(" + like("any", "lower(u.id) ") + " or " + like("any", NAME) + " or "
                + like("any", "lower(coalesce(u.username, '')) ") + " or " + like("any", EMAIL_OF) + ") or "
                + like("any", PHONE_OF) + "))";
    }

    private static String like(String name, String expression) {
        return expression + LIKE.formatted(name);
    }

    private void like(String condition, String name, String part) {
        String literal = part.toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
        and(condition, name, "%" + literal + "%");
    }

    private void span(String column, String name, UserFilter.Span span) {
        bound(column + " > :" + name + "_after", name + "_after", span.after());
        bound(column + " < :" + name + "_before", name + "_before", span.before());
    }

    private void bound(String condition, String name, Optional<Instant> instant) {
        instant.ifPresent(at -> and(condition, name, at.toEpochMilli()));
    }
}
