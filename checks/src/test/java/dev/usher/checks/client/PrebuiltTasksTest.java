package dev.usher.checks.client;

import dev.usher.checks.harness.RunningUsher;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The prebuilt forms lead through the tasks of a pending session. */
class PrebuiltTasksTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              phone-numbers: {use: profile}
              factors:
                second-factor-required: true
            """);

    @TestFactory
    Stream<DynamicTest> checks() {
        return NodeChecks.of("prebuilt-tasks.test.mjs", usher);
    }
}
