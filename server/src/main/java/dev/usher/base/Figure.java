package dev.usher.base;

import java.util.function.DoubleSupplier;

/**
 * A number about this process that is kept anyhow and read when somebody asks for it, so that being watched costs nothing.
 *
 * @param name such as {@code usher_hashing_waiting}; one that grows ends in {@code _total}
 * @param help what it counts, in words
 * @param grows whether it only ever grows
 */
public record Figure(String name, String help, boolean grows, DoubleSupplier value) {
    public static Figure counter(String name, String help, DoubleSupplier value) {
        return new Figure(name, help, true, value);
    }

    public static Figure gauge(String name, String help, DoubleSupplier value) {
        return new Figure(name, help, false, value);
    }
}
