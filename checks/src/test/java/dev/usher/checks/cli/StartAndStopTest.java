package dev.usher.checks.cli;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Launcher;
import dev.usher.checks.harness.Launcher.Outcome;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.UsherProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server's life as a process. */
class StartAndStopTest {
    private static final Path DATA = Launcher.temporaryFolder().resolve("data");

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.on(DATA);

    private static boolean endedWell(int exitCode) {
        return exitCode == 0 || exitCode == 143;
    }

    @Test
    void portZeroIsAFreePort() {
        assertThat(URI.create(usher.url()).getPort()).isGreaterThan(1023);
        assertThat(usher.get("/v1/health")).isOk();
    }

    @Test
    void theEnvFileHasWhatSdksNeed() throws IOException {
        UsherProcess process = usher.process();
        assertThat(process.key("CLERK_PUBLISHABLE_KEY")).startsWith("pk_test_");
        assertThat(process.key("CLERK_SECRET_KEY")).startsWith("sk_test_");
        assertThat(process.key("CLERK_JWT_KEY"))
                .startsWith("-----BEGIN PUBLIC KEY-----\n")
                .endsWith("-----END PUBLIC KEY-----");
        for (String address : List.of("USHER_URL", "CLERK_API_URL", "CLERK_FAPI_URL", "CLERK_PROXY_URL"))
            assertThat(process.key(address)).isEqualTo(usher.url());
        assertThat(Files.readAllLines(process.envFile())).allMatch(line -> line.matches("[A-Z_]+=.+"));
    }

    @Test
    void filesWithSecretsAreTheOwnersAlone() throws IOException {
        assertThat(others(usher.process().envFile())).isEqualTo("------");
        if (others(DATA).equals("------")) return;
        try (Stream<Path> files = Files.walk(DATA)) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                assertThat(others(file)).as(file.getFileName().toString()).isEqualTo("------");
        }
    }

    private static String others(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                .substring(3);
    }

    @Test
    void theBannerFitsAScreenAndSaysWhereToGo() {
        String banner = usher.process().output();
        assertThat(banner)
                .contains(usher.url() + "/", "/_usher/inbox", usher.process().key("CLERK_PUBLISHABLE_KEY"));
        assertThat(banner).contains("Express", "Next.js", "React");
        assertThat(banner.lines()
                        .takeWhile(line -> !line.matches("\\d\\d:\\d\\d.*"))
                        .count())
                .isLessThanOrEqualTo(40);
    }

    @Test
    void aSecondStartOnTheSameDataFolderIsRefusedInOneLine() {
        Outcome second = Launcher.run("dev", "--port", "0", "--data", DATA.toString());
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.errorLines()).as(second.err()).hasSize(1);
        assertThat(second.err()).contains(DATA.toString()).doesNotContain("Exception");
        assertThat(usher.get("/v1/health")).isOk();
    }

    @Test
    void aPortThatIsTakenIsNamedInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Outcome second = Launcher.run("dev", "--in-memory", "--port", String.valueOf(taken.getLocalPort()));
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.errorLines()).as(second.err()).hasSize(1);
            assertThat(second.err())
                    .contains(String.valueOf(taken.getLocalPort()))
                    .doesNotContain("Exception");
        }
    }

    @Test
    void aStopIsGracefulAndTheNextStartKnowsEverything() {
        try (UsherProcess process = UsherProcess.plan().start()) {
            RunningUsher own = RunningUsher.around(process);
            Fapi browser = own.browser();
            Person person = Person.fresh();
            String session = browser.signUp(person);
            String keys = Fapi.require(own.get("/.well-known/jwks.json")).text();
            String publishableKey = process.key("CLERK_PUBLISHABLE_KEY");
            assertThat(endedWell(process.stop())).isTrue();
            process.restart();
            assertThat(process.key("CLERK_PUBLISHABLE_KEY")).isEqualTo(publishableKey);
            assertThat(own.get("/.well-known/jwks.json").text()).isEqualTo(keys);
            assertThat(browser.mint(session)).isOk();
            assertThat(own.browser().signIn(person)).isNotEmpty();
            assertThat(process.output()).doesNotContain("Exception");
            own.witness().assertClean();
        }
    }

    @Test
    void aServerInMemoryLeavesNothingBehind() throws IOException {
        try (UsherProcess process = UsherProcess.plan().inMemory().start()) {
            RunningUsher.around(process).browser().signUp(Person.fresh());
            assertThat(endedWell(process.stop())).isTrue();
            try (Stream<Path> files = Files.list(process.envFile().getParent())) {
                assertThat(files.map(file -> file.getFileName().toString())).containsOnly("usher.env", "usher.log");
            }
        }
    }

    @Test
    void theLogShowsNoSecret() {
        Fapi browser = usher.browser();
        Person person = Person.withInbox();
        String session = browser.signUp(person);
        String jwt = Fapi.require(browser.mint(session)).string("/jwt");
        assertThat(usher.process().output())
                .doesNotContain(browser.credential())
                .doesNotContain(jwt)
                .doesNotContain(person.password())
                .doesNotContain(usher.codeFor(person) + " ");
    }
}
