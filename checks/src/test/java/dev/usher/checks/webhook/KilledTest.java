package dev.usher.checks.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Launcher;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.UsherProcess;
import dev.usher.checks.webhook.Receiver.Told;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What was committed is told after a kill too; and what operators do about it. */
class KilledTest {
    @Test
    void whatWasCommittedBeforeAKillIsToldAfterTheNextStart() throws IOException {
        Path data = Launcher.temporaryFolder().resolve("data");
        Receiver closed = new Receiver();
        int port = closed.port();
        String config = closed.declared("session.created");
        closed.close();
        try (UsherProcess process =
                UsherProcess.plan().data(data).config(config).start()) {
            String session = RunningUsher.around(process).browser().signUp(Person.fresh());
            process.kill();
            try (Receiver app = new Receiver(port)) {
                process.restart();
                RunningUsher again = RunningUsher.around(process);
                again.advance(java.time.Duration.ofMinutes(6));
                assertThat(app.next("session.created", session)).isNotNull();
            }
        }
    }

    @Test
    void anEndpointIsAddedTriedReadAndReplayedByCommands() throws IOException {
        Path data = Launcher.temporaryFolder().resolve("data");
        try (Receiver app = new Receiver();
                UsherProcess process = UsherProcess.plan().data(data).start()) {
            String folder = data.toString();
            var added = Launcher.run("webhook", "add", app.url(), "--data", folder, "--events", "session.created");
            assertThat(added.exitCode()).as(added.err()).isZero();
            assertThat(added.out()).matches("whsec_\\S+\\n");
            String id = added.err().replaceAll("(?s).*Endpoint (ep_\\w+).*", "$1");
            var tried = Launcher.run("webhook", "test", id, "--data", folder);
            assertThat(tried.out()).startsWith("204");
            assertThat(app.next(told -> told.type().equals("usher.test")).id()).startsWith("msg_");

            String session = RunningUsher.around(process).browser().signUp(Person.fresh());
            Told told = app.next("session.created", session);
            assertThat(Launcher.run("webhook", "deliveries", "--data", folder).out())
                    .contains(told.id(), "session.created");
            assertThat(Launcher.run("webhook", "replay", "--event", told.id(), "--data", folder)
                            .out())
                    .contains("would be");
            assertThat(Launcher.run("webhook", "replay", "--event", told.id(), "--yes", "--data", folder)
                            .exitCode())
                    .isZero();
            assertThat(app.next("session.created", session).id()).isEqualTo(told.id());
            assertThat(Launcher.run("webhook", "remove", id, "--data", folder).exitCode())
                    .isZero();
            Fapi.require(RunningUsher.around(process).server().get("/v1/users"));
        }
    }
}
