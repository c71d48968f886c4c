package dev.usher.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.usher.checks.harness.Deviations;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Runs last: by then every suite has been witnessed. */
@Order(Integer.MAX_VALUE)
class DeviationsTest {

    @Test
    void everyListedDeviationIsStillNeeded() {
        assumeThat(Deviations.listed().areInUse())
                .as("the other suites ran before")
                .isTrue();
        assertThat(Deviations.listed().unused()).isEmpty();
    }
}
