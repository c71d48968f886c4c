package dev.usher.user;

import dev.usher.http.Order;
import dev.usher.http.Paging;
import dev.usher.store.Tx;
import java.util.List;

/** Finds users by filter. */
final class UserSearchStore {
    private UserSearchStore() {}

    static List<String> ids(Tx tx, String instanceId, UserFilter filter, Order order, Paging paging) {
        UserCondition condition = UserCondition.of(instanceId, filter);
        return condition
                .bind(tx.query(condition.ids() + " " + order.sql() + " limit :limit offset :offset"))
                .bind("limit", paging.limit())
                .bind("offset", paging.offset())
                .mapTo(String.class)
                .list();
    }

    /** The users that follow one in the order of creation. */
    static List<String> idsAfter(Tx tx, String instanceId, UserFilter filter, User last, Order order, int limit) {
        UserCondition condition = UserCondition.of(instanceId, filter).after(last, order.descending());
        return condition
                .bind(tx.query(condition.ids() + " " + order.sql() + " limit :limit"))
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    static long count(Tx tx, String instanceId, UserFilter filter) {
        UserCondition condition = UserCondition.of(instanceId, filter);
        return condition
                .bind(tx.query("select count(*) from user_account u where " + condition.where()))
                .mapTo(long.class)
                .one();
    }
}
