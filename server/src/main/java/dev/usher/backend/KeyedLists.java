package dev.usher.backend;

import dev.usher.http.Exchange;
import dev.usher.http.Order;
import dev.usher.organization.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists of what an instance has few of, roles and permissions: read whole, then searched and sorted. */
final class KeyedLists {
    /** The whole of a list. */
    static final Page ALL = new Page(Integer.MAX_VALUE, 0);

    private KeyedLists() {}

    /** What a query looks at: the id as a whole, key and name in part. */
    record Names(String id, String key, String name) {
        boolean fit(String query) {
            String part = query.toLowerCase(Locale.ROOT);
            return id.equals(query)
                    || key.toLowerCase(Locale.ROOT).contains(part)
                    || name.toLowerCase(Locale.ROOT).contains(part);
        }
    }

    /** The part that the caller asks for by {@code query}, {@code order_by}, {@code limit} and {@code offset}. */
    static <T> Page.Of<T> page(
            Exchange exchange, List<T> all, Map<String, Comparator<T>> orders, Function<T, Names> names) {
        Map<String, String> columns = orders.keySet().stream().collect(Collectors.toMap(name -> name, name -> name));
        Order order = Order.of(exchange, "-created_at", columns);
        Comparator<T> rising = orders.getOrDefault(order.column(), Comparator.comparing(one -> ""));
        Comparator<T> settled = rising.thenComparing(one -> names.apply(one).id());
        String query = Fields.text(exchange, "query").orElse("");
        List<T> fitting = all.stream()
                .filter(one -> query.isEmpty() || names.apply(one).fit(query))
                .sorted(order.descending() ? settled.reversed() : settled)
                .toList();
        Page page = Page.of(exchange);
        List<T> part = fitting.stream().skip(page.offset()).limit(page.limit()).toList();
        return new Page.Of<>(part, fitting.size());
    }
}
