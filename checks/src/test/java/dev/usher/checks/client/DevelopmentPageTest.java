package dev.usher.checks.client;

import dev.usher.checks.harness.RunningUsher;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of a development instance, used by typing and clicking. */
class DevelopmentPageTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    @TestFactory
    Stream<DynamicTest> checks() {
        return NodeChecks.of("page.test.mjs", usher);
    }
}
