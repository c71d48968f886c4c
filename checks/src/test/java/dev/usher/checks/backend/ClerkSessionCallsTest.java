package dev.usher.checks.backend;

import dev.usher.checks.harness.RunningUsher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** @clerk/backend, as it is published, reads and revokes sessions and mints for them. */
class ClerkSessionCallsTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    @Test
    void work() {
        ClerkBackendCalls.run(usher, "server-sessions.mjs", 8);
    }
}
