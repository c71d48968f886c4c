package dev.usher.checks.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Node;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.Map;

/** Programs that call a server with @clerk/backend as it is published, past the witness. */
final class ClerkBackendCalls {
    private ClerkBackendCalls() {}

    /** Runs a program, which must have called so many different operations. */
    static void run(RunningUsher usher, String program, int leastCalls) {
        var environment = Map.of(
                "USHER_URL",
                usher.proxy().url(),
                "CLERK_SECRET_KEY",
                usher.process().key("CLERK_SECRET_KEY"),
                "CLERK_TELEMETRY_DISABLED",
                "1");
        assertThat(Node.run(program, Duration.ofMinutes(3), environment)).hasSizeGreaterThanOrEqualTo(leastCalls);
    }
}
