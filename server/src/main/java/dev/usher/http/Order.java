package dev.usher.http;

import java.util.Map;
import java.util.Optional;

/** In which order a list is asked for: one field, rising with {@code +} or no sign, falling with {@code -}. */
public record Order(String column, boolean descending) {

    /**
     * Reads {@code order_by}.
     *
     * @param usual what holds when none is given
     * @param columns the column behind each field that may be ordered by; names of this program, never of a caller
     * @throws Refusal for any other field
     */
    public static Order of(Exchange exchange, String usual, Map<String, String> columns) {
        String asked =
                exchange.query("order_by").filter(text -> !text.isEmpty()).orElse(usual);
        char sign = asked.charAt(0);
        // A plus sign that was not percent-encoded arrives as a space.
        boolean signed = sign == '+' || sign == '-' || sign == ' ';
        return Optional.ofNullable(columns.get(signed ? asked.substring(1) : asked))
                .map(column -> new Order(column, sign == '-'))
                .orElseThrow(() -> Errors.invalidValue("order_by", "This list cannot be ordered by that."));
    }

    /** The clause, with the id to settle ties. */
    public String sql() {
        String direction = descending ? " desc" : " asc";
        return "order by " + column + direction + ", id" + direction;
    }
}
