package dev.usher.organization;

import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import java.util.List;

/** The part of a list that a caller asks for. */
public record Page(int limit, int offset) {
    private static final int USUAL = 10;
    private static final int MOST = 500;
    private static final int FARTHEST = 1_000_000_000;

    /** A part of a list and how long the whole is. */
    public record Of<T>(List<T> data, long totalCount) {}

    /** As the query says; 10 from the first one on where it says nothing. */
    public static Page of(Exchange exchange) {
        return new Page(number(exchange, "limit", USUAL, 1, MOST), number(exchange, "offset", 0, 0, FARTHEST));
    }

    private static int number(Exchange exchange, String name, int usual, int least, int most) {
        String text = exchange.query(name).orElse("");
        if (text.isEmpty()) return usual;
        int value = text.matches("\\d{1,10}") ? (int) Math.min(Long.parseLong(text), Integer.MAX_VALUE) : -1;
        if (value < least || value > most)
            throw Errors.invalidValue(name, name + " is a number from " + least + " to " + most + ".");
        return value;
    }
}
