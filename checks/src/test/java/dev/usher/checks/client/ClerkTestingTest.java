package dev.usher.checks.client;

import dev.usher.checks.harness.RunningUsher;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The helpers of {@code @clerk/testing} sign in and out. */
class ClerkTestingTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              phone-numbers: {use: sign-in}
            """);

    @TestFactory
    Stream<DynamicTest> checks() {
        return NodeChecks.of("testing.test.mjs", usher);
    }
}
