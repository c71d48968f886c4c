package dev.usher.reverification;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is to be proved. */
enum Level {
    FIRST_FACTOR,
    SECOND_FACTOR,
    MULTI_FACTOR;

    /** Their names on the wire. */
    static final Set<String> NAMES = Arrays.stream(values()).map(Level::wire).collect(Collectors.toUnmodifiableSet());

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Level ofWire(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The level as far as the user can reach it: without a second factor it is the first one. */
    Level reachable(boolean hasSecondFactor) {
        return hasSecondFactor ? this : FIRST_FACTOR;
    }

    boolean needsFirst() {
        return this != SECOND_FACTOR;
    }

    boolean needsSecond() {
        return this != FIRST_FACTOR;
    }

    /** The step that is due; empty when all are done. */
    Optional<Step> due(boolean firstProved, boolean secondProved) {
        if (needsFirst() && !firstProved) return Optional.of(Step.FIRST);
        return needsSecond() && !secondProved ? Optional.of(Step.SECOND) : Optional.empty();
    }

    /** One factor to be proved. */
    enum Step {
        FIRST,
        SECOND;

        String status() {
            return this == FIRST ? "needs_first_factor" : "needs_second_factor";
        }
    }
}
