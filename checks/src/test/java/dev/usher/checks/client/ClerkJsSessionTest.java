package dev.usher.checks.client;

import dev.usher.checks.harness.RunningUsher;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** clerk-js after the end of its session: nothing is minted, and it signs out. */
class ClerkJsSessionTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    @TestFactory
    Stream<DynamicTest> checks() {
        return NodeChecks.of("sessions.test.mjs", usher);
    }
}
