package dev.usher.checks.client;

import dev.usher.checks.harness.RunningUsher;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** clerk-js signs up, in and out; tokens, cookies, reload, two tabs. */
class ClerkJsSignInTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    @TestFactory
    Stream<DynamicTest> checks() {
        return NodeChecks.of("sign-in.test.mjs", usher);
    }
}
