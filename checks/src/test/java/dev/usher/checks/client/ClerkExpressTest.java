package dev.usher.checks.client;

import dev.usher.checks.harness.RunningUsher;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** @clerk/express beside the server and in front of it, with clerk-js in its pages. */
class ClerkExpressTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    @TestFactory
    Stream<DynamicTest> checks() {
        return NodeChecks.of("express.test.mjs", usher);
    }
}
