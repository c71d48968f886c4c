package dev.usher.checks.client;

import dev.usher.checks.harness.RunningUsher;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** clerk-js with two accounts in one browser. */
class ClerkJsAccountsTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              single-session-mode: false
            """);

    @TestFactory
    Stream<DynamicTest> checks() {
        return NodeChecks.of("accounts.test.mjs", usher);
    }
}
