package dev.usher.http;

import java.util.Optional;
import java.util.function.Function;

/** A field of a body: not there, there as {@code null}, or there with a value. */
public sealed interface Given<T> {
    record Absent<T>() implements Given<T> {}

    record Null<T>() implements Given<T> {}

    record Value<T>(T it) implements Given<T> {}

    /** The value; empty for a field that is absent or null. */
    default Optional<T> value() {
        return this instanceof Value<T>(T it) ? Optional.of(it) : Optional.empty();
    }

    /** The value, or this one for a field that is absent or null. */
    default T or(T otherwise) {
        return value().orElse(otherwise);
    }

    /** Whether the field is there, if only as null. */
    default boolean isThere() {
        return !(this instanceof Absent<T>);
    }

    /** What a change leaves: absent keeps what is there, null clears it. */
    default Optional<T> over(Optional<T> present) {
        return isThere() ? value() : present;
    }

    /** The value made into something else; absent and null stay so. */
    default <U> Given<U> map(Function<T, U> change) {
        return switch (this) {
            case Absent<T> absent -> new Absent<>();
            case Null<T> isNull -> new Null<>();
            case Value<T>(T it) -> new Value<>(change.apply(it));
        };
    }
}
