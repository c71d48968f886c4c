package dev.usher.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Several columns as one text, for a row that is read at each mint: every column costs two calls into SQLite's library. What
 * is null and what is empty are the same here.
 */
public final class Packed {
    private static final char BETWEEN = '\037';

    private final String text;
    private int at;

    private Packed(String text) {
        this.text = text;
    }

    /** What selects these columns as one. None of them may hold the control character between them. */
    public static String columns(String... columns) {
        return Stream.of(columns)
                .map(column -> "coalesce(cast(" + column + " as text), '')")
                .collect(Collectors.joining(", ", "concat_ws('" + BETWEEN + "', ", ")"));
    }

    /** A column of flags as one that can be packed, since each database has its own text for them. */
    public static String flag(String column) {
        return "case when " + column + " then 1 else 0 end";
    }

    /** The values of such a column, to be read in its order. */
    public static Packed read(String text) {
        return new Packed(text);
    }

    /** The next value. */
    public String text() {
        int end = end();
        String value = text.substring(at, end);
        at = end + 1;
        return value;
    }

    private int end() {
        if (at > text.length()) throw new IllegalStateException("more is read than was packed");
        int end = text.indexOf(BETWEEN, at);
        return end < 0 ? text.length() : end;
    }

    public boolean flag() {
        return text().equals("1");
    }

    public Optional<String> maybeText() {
        String value = text();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    public Instant instant() {
        return Instant.ofEpochMilli(number());
    }

    public Optional<Instant> maybeInstant() {
        return isNext() ? Optional.of(instant()) : skipped();
    }

    public Optional<Duration> maybeMillis() {
        return isNext() ? Optional.of(Duration.ofMillis(number())) : skipped();
    }

    private boolean isNext() {
        return end() > at;
    }

    private <T> Optional<T> skipped() {
        at++;
        return Optional.empty();
    }

    private long number() {
        int end = end();
        long value = Long.parseLong(text, at, end, 10);
        at = end + 1;
        return value;
    }
}
