package dev.usher.user;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * What a filter asks of the users of an instance, as a condition of a query. Its text is put together from the constants here,
 * never from what was asked; its values have names that begin with {@code of_}.
 */
public final class UserCondition {
    private static final String EMAIL_OF =
            "exists (select 1 from email_address e where e.user_id = u.id and lower(e.email_address) ";
    private static final String PHONE_OF =
            "exists (select 1 from phone_number p where p.user_id = u.id and p.phone_number ";
    private static final String MEMBER_OF =
            "exists (select 1 from organization_membership m where m.user_id = u.id and m.organization_id in ";
    private static final String NAME = "lower(coalesce(u.first_name, '') || ' ' || coalesce(u.last_name, '')) ";
    private static final String LIKE = "like :%s escape '!'";

    private final StringBuilder where = new StringBuilder("u.instance_id = :of_instance");
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, List<String>> lists = new LinkedHashMap<>();

    private UserCondition(String instanceId, UserFilter filter) {
        values.put("of_instance", instanceId);
        listed("u.id", "of_user", filter.userIds());
        listed("u.external_id", "of_external", filter.externalIds());
        oneOf(EMAIL_OF + "in (<of_email>))", "of_email", filter.emailAddresses());
        oneOf(PHONE_OF + "in (<of_phone>))", "of_phone", filter.phoneNumbers());
        oneOf(
                MEMBER_OF + "(<of_organization>))",
                "of_organization",
                filter.organizationIds().in());
        oneOf(
                "not " + MEMBER_OF + "(<of_not_organization>))",
                "of_not_organization",
                filter.organizationIds().out());
        oneOf("lower(u.username) in (<of_username>)", "of_username", filter.usernames());
        texts(filter.texts());
        filter.banned().ifPresent(banned -> and("u.banned = :of_banned", "of_banned", banned));
        span("u.last_active_at", "of_active", filter.spans().lastActive());
        span("u.created_at", "of_created", filter.spans().created());
        span("u.last_sign_in_at", "of_signed", filter.spans().lastSignIn());
        if (filter.lacksAny()) where.append(" and 1 = 0");
    }

    public static UserCondition of(String instanceId, UserFilter filter) {
        return new UserCondition(instanceId, filter);
    }

    /** Holds for rows of {@code user_account u}. */
    String where() {
        return where.toString();
    }

    /** A query for the ids of the users that fit. */
    public String ids() {
        return "select u.id from user_account u where " + where;
    }

    public Query bind(Query query) {
        values.forEach(query::bind);
        lists.forEach(query::bindList);
        return query;
    }

    /** Only users that come after one in the order of creation, which no later change can move. */
    UserCondition after(User last, boolean descending) {
        String side = descending ? "<" : ">";
        where.append(" and (u.created_at " + side + " :of_last_at or (u.created_at = :of_last_at and u.id " + side
                + " :of_last_id))");
        values.put("of_last_at", last.createdAt().toEpochMilli());
        values.put("of_last_id", last.id());
        return this;
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
        texts.any().ifPresent(text -> like(anywhere(), "of_any", text));
        texts.emailAddress().ifPresent(text -> like(like("of_like_email", EMAIL_OF) + ")", "of_like_email", text));
        texts.phoneNumber().ifPresent(text -> like(like("of_like_phone", PHONE_OF) + ")", "of_like_phone", text));
        texts.username()
                .ifPresent(text -> like(like("of_like_username", "lower(u.username) "), "of_like_username", text));
        texts.name().ifPresent(text -> like(like("of_like_name", NAME), "of_like_name", text));
    }

    private static String anywhere() {
        return "(" + like("of_any", "lower(u.id) ") + " or " + like("of_any", NAME) + " or "
                + like("of_any", "lower(coalesce(u.username, '')) ") + " or " + like("of_any", EMAIL_OF) + ") or "
                + like("of_any", PHONE_OF) + "))";
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
