package dev.usher.checks.race;

import dev.usher.checks.harness.Nodes;
import dev.usher.testing.PostgresServer;
import org.junit.jupiter.api.Test;

/** One of two nodes is killed: nobody on the other notices, and whoever was on the killed one goes on there. */
class KillsOnTwoNodesTest {
    @Test
    void nobodyIsSignedOutAndNothingAcknowledgedIsLost() {
        PostgresServer server = PostgresServer.shared();
        try (Nodes nodes = Nodes.start(2, server.url(server.newDatabase()), "{}")) {
            Kills.on("one of two nodes on PostgreSQL", nodes.all());
            nodes.assertClean();
        }
    }
}
