package dev.usher.http;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many, 1 to 500
 * @param offset how many are left out before
 */
public record Paging(int limit, int offset) {
    private static final int USUAL_LIMIT = 10;
    private static final int HIGHEST_LIMIT = 500;

    /** Reads {@code limit} and {@code offset}.
     *
     * @throws Refusal when one of them is no number or out of its range
     */
    public static Paging of(Exchange exchange) {
        return new Paging(
                number(exchange, "limit", USUAL_LIMIT, 1, HIGHEST_LIMIT),
                number(exchange, "offset", 0, 0, Integer.MAX_VALUE));
    }

    private static int number(Exchange exchange, String name, int usual, int least, int most) {
        String text = exchange.query(name).orElse("");
        if (text.isEmpty()) return usual;
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException e) {
            throw Errors.invalidFormat(name, name + " must be a whole number.");
        }
        throw Errors.invalidValue(name, name + " must be between " + least + " and " + most + ".");
    }
}
