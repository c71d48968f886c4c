package dev.usher.checks.race;

import dev.usher.checks.harness.RunningUsher;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Eight mint for a session while it is closed: nothing is minted for those who ask after the acknowledgement. */
class ClosingsTest {
    private static final String TWO_SESSIONS = """
            instance:
              single-session-mode: false
            """;

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.onDisk(TWO_SESSIONS);

    @Test
    void nothingIsMintedOnceAClosingWasAcknowledged() {
        Closings.on("one node, SQLite", List.of(usher));
    }
}
