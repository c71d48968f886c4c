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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code usher migrate-store}: the data moves from SQLite to PostgreSQL, and nobody notices. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MigrateStoreTest {
    private static final Path DATA = Launcher.temporaryFolder().resolve("data");
    private static final String URL =
            PostgresServer.shared().url(PostgresServer.shared().newDatabase());
    private static final Person PERSON = Person.fresh();

    private static final List<Fapi> browsers = new ArrayList<>();
    private static final List<String> sessions = new ArrayList<>();
    private static UsherProcess before;
    private static String keys;

    @BeforeAll
    static void peopleSignInOnSqlite() {
        before = UsherProcess.plan().data(DATA).start();
        RunningUsher usher = RunningUsher.around(before);
        for (int i = 0; i < 5; i++) {
            Fapi browser = usher.browser();
            browsers.add(browser);
            sessions.add(i == 0 ? browser.signUp(PERSON) : browser.signIn(PERSON));
        }
        Fapi.require(browsers.get(4).session(sessions.get(4), "end"));
        keys = Fapi.require(usher.get("/.well-known/jwks.json")).text();
    }

    @AfterAll
    static void stop() {
        before.close();
    }

    private static Outcome migrate(String from) {
        return Launcher.run("migrate-store", "--from", from, "--to", URL);
    }

    private static void isRefused(Outcome outcome, String reason) {
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errorLines()).as(outcome.err()).hasSize(1);
        assertThat(outcome.err()).contains(reason).doesNotContain("Exception");
    }

    @Test
    @Order(1)
    void aRunningServersDataIsNotCopied() {
        isRefused(migrate(DATA.toString()), "another Usher is running");
    }

    @Test
    @Order(2)
    void aFolderWithoutDataIsNamed() {
        isRefused(migrate("/nowhere"), "/nowhere has no usher.db");
    }

    @Test
    @Order(3)
    void copiesWithProgressAndComparesEverything() {
        before.stop();
        Outcome outcome = migrate(DATA.toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("session: 5 of 5", "user_account: 1 of 1", "Copied and compared");
        assertThat(outcome.out()).contains(DATA.resolve("master.key").toString());
    }

    @Test
    @Order(4)
    void aSecondCopyIsRefused() {
        isRefused(migrate(DATA.toString()), "the target has data");
    }

    @Test
    @Order(5)
    void sessionsGoOnWithTheSameCookiesAndKeys() {
        try (UsherProcess after =
                UsherProcess.plan().postgres(URL).masterKeyOf(DATA).start()) {
            RunningUsher usher = RunningUsher.around(after);
            for (String name : List.of("CLERK_PUBLISHABLE_KEY", "CLERK_SECRET_KEY"))
                assertThat(after.key(name)).isEqualTo(before.key(name));
            assertThat(usher.get("/.well-known/jwks.json").text()).isEqualTo(keys);
            for (int i = 0; i < 4; i++) {
                Fapi browser = browsers.get(i).at(usher);
                assertThat(browser.mint(sessions.get(i))).isOk();
                assertThat(browser.session(sessions.get(i), "touch")).isOk();
            }
            assertThat(browsers.get(4).at(usher).mint(sessions.get(4))).isRefused(401, "authentication_invalid");
            assertThat(usher.browser().signIn(PERSON)).isNotEmpty();
            usher.witness().assertClean();
        }
    }
}
