package dev.usher.backend;

import dev.usher.http.Exchange;
import dev.usher.user.UserFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads which users a server asks for. */
final class UserFilters {
    private UserFilters() {}

    static UserFilter of(Exchange exchange) {
        boolean lacksAny = !Fields.values(exchange, "web3_wallet").isEmpty()
                || Fields.text(exchange, "provider").isPresent();
        return new UserFilter(
                listed(exchange, "user_id"),
                listed(exchange, "external_id"),
                listed(exchange, "organization_id"),
                lowerCase(exchange, "email_address"),
                Fields.values(exchange, "phone_number"),
                lowerCase(exchange, "username"),
                texts(exchange),
                Fields.flag(exchange, "banned"),
                spans(exchange),
                lacksAny);
    }

    /** Values with a minus sign are left out of the result. A plus sign that was not encoded arrives as a space. */
    private static UserFilter.Listed listed(Exchange exchange, String name) {
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        for (String value : Fields.values(exchange, name))
            switch (value.charAt(0)) {
                case '-' -> out.add(value.substring(1));
                case '+', ' ' -> in.add(value.substring(1));
                default -> in.add(value);
            }
        return new UserFilter.Listed(List.copyOf(in), List.copyOf(out));
    }

    private static List<String> lowerCase(Exchange exchange, String name) {
        return Fields.values(exchange, name).stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static UserFilter.Texts texts(Exchange exchange) {
        return new UserFilter.Texts(
                Fields.text(exchange, "query"),
                Fields.text(exchange, "email_address_query"),
                Fields.text(exchange, "phone_number_query"),
                Fields.text(exchange, "username_query"),
                Fields.text(exchange, "name_query"));
    }

    private static UserFilter.Spans spans(Exchange exchange) {
        var active = span(exchange, "last_active_at");
        // The older parameter is inclusive.
        var since = Fields.instant(exchange, "last_active_at_since").map(instant -> instant.minusMillis(1));
        return new UserFilter.Spans(
                new UserFilter.Span(since.or(active::after), active.before()),
                span(exchange, "created_at"),
                span(exchange, "last_sign_in_at"));
    }

    private static UserFilter.Span span(Exchange exchange, String name) {
        Optional<Instant> after = Fields.instant(exchange, name + "_after");
        return new UserFilter.Span(after, Fields.instant(exchange, name + "_before"));
    }
}
