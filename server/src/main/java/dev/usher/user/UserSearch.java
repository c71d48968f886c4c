package dev.usher.user;

import dev.usher.http.Order;
import dev.usher.http.Paging;
import dev.usher.instance.Instance;
import dev.usher.store.Tx;
import java.util.List;
import java.util.Map;

/** Lists and counts the users of an instance. */
public final class UserSearch {
    /** What lists of users can be ordered by; nobody has a wallet. */
    public static final Map<String, String> ORDERS = Map.ofEntries(
            Map.entry("created_at", "created_at"),
            Map.entry("updated_at", "updated_at"),
            Map.entry("first_name", "first_name"),
            Map.entry("last_name", "last_name"),
            Map.entry("username", "username"),
            Map.entry("last_active_at", "last_active_at"),
            Map.entry("last_sign_in_at", "last_sign_in_at"),
            Map.entry("web3wallet", "created_at"),
            Map.entry(
                    "phone_number",
                    "(select p.phone_number from phone_number p where p.id = u.primary_phone_number_id)"),
            Map.entry(
                    "email_address",
                    "(select e.email_address from email_address e where e.id = u.primary_email_address_id)"));

    /** A part of the users that fit. */
    public List<User> list(Tx tx, Instance instance, UserFilter filter, Order order, Paging paging) {
        return UserStore.findAll(tx, instance.id(), UserSearchStore.ids(tx, instance.id(), filter, order, paging));
    }

    /** The users that fit and follow the last one of the part before. */
    public List<User> listAfter(Tx tx, Instance instance, UserFilter filter, User last, Order order, int limit) {
        return UserStore.findAll(
                tx, instance.id(), UserSearchStore.idsAfter(tx, instance.id(), filter, last, order, limit));
    }

    public long count(Tx tx, Instance instance, UserFilter filter) {
        return UserSearchStore.count(tx, instance.id(), filter);
    }
}
