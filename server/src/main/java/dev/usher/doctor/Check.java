package dev.usher.doctor;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** One question to the facts; the answer is what was seen, when the fault is there. */
record Check(Fault fault, Function<Facts, Optional<String>> look) {
    Optional<Finding> in(Facts facts) {
        return look.apply(facts).map(seen -> new Finding(fault, seen));
    }

    static Optional<String> when(boolean isSo, String seen) {
        return isSo ? Optional.of(seen) : Optional.empty();
    }

    static Optional<String> listed(Collection<String> names) {
        return when(!names.isEmpty(), String.join(", ", names));
    }
}
