package dev.usher.checks.race;

import dev.usher.checks.harness.RunningUsher;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server is killed while people sign up and in, mint, touch, change organizations and sign out. */
class KillsTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.onDisk();

    String where() {
        return "SQLite";
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingIsHalfDone() {
        Kills.on(where(), List.of(usher));
    }
}
