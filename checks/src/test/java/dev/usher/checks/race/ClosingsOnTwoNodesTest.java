package dev.usher.checks.race;

import dev.usher.checks.harness.Nodes;
import dev.usher.testing.PostgresServer;
import org.junit.jupiter.api.Test;

/** The same on two nodes: half of the minters ask one, half the other, and the closing is acknowledged by either. */
class ClosingsOnTwoNodesTest {
    private static final String TWO_SESSIONS = """
            instance:
              single-session-mode: false
            """;

    @Test
    void nothingIsMintedOnAnyNodeOnceAClosingWasAcknowledged() {
        PostgresServer server = PostgresServer.shared();
        try (Nodes nodes = Nodes.start(2, server.url(server.newDatabase()), TWO_SESSIONS)) {
            Closings.on("two nodes, PostgreSQL", nodes.all());
            nodes.assertClean();
        }
    }
}
