package dev.usher.backend;

import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Given;
import dev.usher.http.UserErrors;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Fields of bodies and queries that mean the same wherever they stand. */
final class Fields {
    private static final int MOST_VALUES = 100;

    private Fields() {}

    /** A moment of the past as RFC 3339 writes it. */
    static Given<Instant> pastTime(Body body, String name, Instant now) {
        return body.text(name).map(text -> {
            try {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                if (!instant.isAfter(now) && instant.toEpochMilli() >= 0) return instant;
            } catch (DateTimeParseException e) {
                throw UserErrors.invalidTime(name);
            }
            throw UserErrors.invalidTime(name);
        });
    }

    /** A number of things, from 0 up. */
    static Given<Integer> count(Body body, String name) {
        return body.number(name).map(number -> {
            if (number < 0 || number > Integer.MAX_VALUE) throw Errors.invalidValue(name, name + " must be 0 or more.");
            return number.intValue();
        });
    }

    /** Every value of a query parameter that may stand up to a hundred times. */
    static List<String> values(Exchange exchange, String name) {
        List<String> values = exchange.queries(name);
        if (values.size() > MOST_VALUES)
            throw Errors.invalidValue(name, name + " may stand " + MOST_VALUES + " times at most.");
        return values.stream().filter(value -> !value.isEmpty()).toList();
    }

    static Optional<String> text(Exchange exchange, String name) {
        return exchange.query(name).filter(value -> !value.isEmpty());
    }

    static Optional<Boolean> flag(Exchange exchange, String name) {
        return text(exchange, name).map(value -> switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw Errors.invalidValue(name, name + " must be true or false.");
        });
    }

    /** Milliseconds since 1970. */
    static Optional<Instant> instant(Exchange exchange, String name) {
        return text(exchange, name).map(value -> {
            try {
                return Instant.ofEpochMilli(Long.parseLong(value));
            } catch (NumberFormatException e) {
                throw Errors.invalidFormat(name, name + " must be a time in milliseconds.");
            }
        });
    }
}
