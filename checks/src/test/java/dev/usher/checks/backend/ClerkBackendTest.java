package dev.usher.checks.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Node;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** @clerk/backend, as it is published, administers users and the instance. */
class ClerkBackendTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    @Test
    void administersUsersAndTheInstance() {
        var environment = Map.of(
                "USHER_URL",
                usher.proxy().url(),
                "CLERK_SECRET_KEY",
                usher.process().key("CLERK_SECRET_KEY"),
                "CLERK_TELEMETRY_DISABLED",
                "1");
        assertThat(Node.run("users.mjs", Duration.ofMinutes(3), environment)).hasSizeGreaterThan(30);
    }
}
