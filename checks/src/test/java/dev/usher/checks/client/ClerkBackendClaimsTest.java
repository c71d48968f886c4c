package dev.usher.checks.client;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the server's own tests expect of session claims means to @clerk/backend what their table says. */
class ClerkBackendClaimsTest {
    private static final Path TABLE = Path.of("../server/src/test/resources/claims/session-claims.json");

    @TestFactory
    Stream<DynamicTest> checks() {
        return NodeChecks.of(
                "claims-table.test.mjs",
                Map.of("CLAIMS_TABLE", TABLE.toAbsolutePath().toString()));
    }
}
