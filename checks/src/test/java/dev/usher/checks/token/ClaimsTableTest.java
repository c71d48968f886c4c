package dev.usher.checks.token;

import dev.usher.checks.harness.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the server's own tests expect of session claims means to @clerk/backend what the table says. */
class ClaimsTableTest {
    private static final Path TABLE =
            Path.of("../server/src/test/resources/claims/session-claims.json").toAbsolutePath();

    @Test
    void thePublishedDecoderReadsEveryCaseOfTheTableAsTheTableSays() throws IOException {
        int cases = Wire.json(Files.readString(TABLE))
                .path("groups")
                .valueStream()
                .mapToInt(group -> group.path("cases").size())
                .sum();
        Node.passes("claims-table.test.mjs", cases, Map.of("CLAIMS_TABLE", TABLE.toString()));
    }
}
