package dev.usher.checks.nodes;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Launcher;
import dev.usher.checks.harness.Launcher.Outcome;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.UsherProcess;
import dev.usher.testing.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code usher restore --after-dump}: what pg_restore brought back to life is ended. */
class AfterDumpTest {
    private static final String KEY = "bm9kZXMgb2Ygb25lIGRhdGFiYXNlIHNoYXJlIHRoaXM=";

    @Test
    void nobodyIsSignedInAfterwardsAndEverybodyMaySignIn() {
        PostgresServer database = PostgresServer.shared();
        String url = database.url(database.newDatabase());
        UsherProcess process = UsherProcess.plan().postgres(url).start();
        RunningUsher usher = RunningUsher.around(process);
        Person person = Person.fresh();
        Fapi browser = usher.browser();
        String session = browser.signUp(person);
        process.stop();
        Map<String, String> environment = Map.of("USHER_STORE_URL", url, "USHER_MASTER_KEY", KEY);
        Outcome outcome = Launcher.run(environment, "restore", "--after-dump");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("session: 1 ended", "Nobody is signed in");
        process.restart();
        try (process) {
            assertThat(browser.mint(session)).isRefused(401, "authentication_invalid");
            assertThat(usher.browser().signIn(person)).isNotEmpty();
            usher.witness().assertClean();
        }
    }

    @Test
    void aBackupOfPostgresIsLeftToPostgres() {
        Map<String, String> environment =
                Map.of("USHER_STORE_URL", "postgres://usher@db.example.com/usher", "USHER_MASTER_KEY", KEY);
        Outcome outcome = Launcher.run(environment, "backup", "--to", "none.db");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("pg_dump");
    }
}
