package dev.usher.checks.backend;

import dev.usher.checks.harness.RunningUsher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** @clerk/backend, as it is published, makes tickets and takes them back. */
class ClerkTicketCallsTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    @Test
    void work() {
        ClerkBackendCalls.run(usher, "tickets.mjs", 9);
    }
}
