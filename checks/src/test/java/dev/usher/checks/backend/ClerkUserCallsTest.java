package dev.usher.checks.backend;

import dev.usher.checks.harness.RunningUsher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** @clerk/backend, as it is published, administers users and the instance. */
class ClerkUserCallsTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    @Test
    void work() {
        ClerkBackendCalls.run(usher, "users.mjs", 30);
    }
}
