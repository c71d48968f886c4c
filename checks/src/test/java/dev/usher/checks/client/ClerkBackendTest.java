package dev.usher.checks.client;

import dev.usher.checks.harness.RunningUsher;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** @clerk/backend judges tokens and requests of a browser with clerk-js. */
class ClerkBackendTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    @TestFactory
    Stream<DynamicTest> checks() {
        return NodeChecks.of("backend.test.mjs", usher);
    }
}
