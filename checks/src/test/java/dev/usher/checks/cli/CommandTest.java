package dev.usher.checks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Launcher;
import dev.usher.checks.harness.Launcher.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that end by themselves. */
class CommandTest {
    private static Path file(String yaml) throws IOException {
        return Files.writeString(Launcher.temporaryFolder().resolve("usher.yaml"), yaml);
    }

    private static void isOneLineWithoutATrace(Outcome outcome) {
        assertThat(outcome.errorLines()).as(outcome.err()).hasSize(1);
        assertThat(outcome.err()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void helpNamesEveryCommand() {
        Outcome help = Launcher.run("help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("dev", "serve", "config", "version", "help", "usher test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "serve", "config"})
    void everyCommandExplainsItself(String command) {
        Outcome help = Launcher.run("help", command);
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: usher " + command);
    }

    @Test
    void versionIsOneLine() {
        Outcome version = Launcher.run("version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out().lines()).hasSize(1);
        assertThat(version.out()).matches("usher \\d+\\.\\d+\\.\\d+.*\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "dev --port x", "serve", "dev extra"})
    void aWrongCommandLineIsExplainedAndEndsWithTwo(String line) {
        Outcome outcome = Launcher.run(line.split(" "));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).isNotBlank().doesNotContain("Exception");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void configShowsWhatHolds() throws IOException {
        Path file = file("""
                instance:
                  application-name: Counter
                  session:
                    maximum-lifetime: "12h"
                """);
        Outcome config = Launcher.run("config", "--config", file.toString());
        assertThat(config.exitCode()).isZero();
        assertThat(config.out())
                .contains("instance.application-name: Counter")
                .contains("instance.session.maximum-lifetime: 12h")
                .contains("instance.session.inactivity-timeout: off");
    }

    @Test
    void theEnvironmentGoesBeforeTheFile() throws IOException {
        Path file = file("""
                instance:
                  single-session-mode: true
                """);
        Outcome config = Launcher.run(
                Map.of("USHER_INSTANCE_SINGLE_SESSION_MODE", "false", "USHER_LOG_LEVEL", "debug"),
                "config",
                "--config",
                file.toString());
        assertThat(config.out()).contains("instance.single-session-mode: false").contains("log.level: debug");
    }

    @Test
    void configMasksSecretsWhereverTheyComeFrom() throws IOException {
        String secretKey = "sk_test_" + "abcdefghijklmnop".repeat(3);
        String masterKey = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MTI=";
        Path file = file("""
                instance:
                  secret-key: %s
                mail:
                  host: mail.example.com
                  from: login@example.com
                  username: postman
                  password: rosebud-rosebud
                """.formatted(secretKey));
        Outcome config = Launcher.run(Map.of("USHER_MASTER_KEY", masterKey), "config", "--config", file.toString());
        assertThat(config.out() + config.err())
                .doesNotContain(secretKey.substring(8))
                .doesNotContain(masterKey)
                .doesNotContain("rosebud");
        assertThat(config.out()).as(config.err()).contains("instance.secret-key", "master-key", "mail.password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "dev", "serve"})
    void allFaultsOfAConfigurationAreNamedAtOnce(String command) throws IOException {
        Path file = file("""
                instance:
                  single-session-mode: maybe
                  nonsense: 1
                  session:
                    maximum-lifetime: "soon"
                listen:
                  port: 99999999
                """);
        Outcome outcome = Launcher.run(command, "--config", file.toString());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("instance.single-session-mode")
                .contains("instance.nonsense")
                .contains("instance.session.maximum-lifetime")
                .contains("listen.port")
                .doesNotContain("Exception");
    }

    @Test
    void aProductionInstanceNamesEverySecretThatItLacks() throws IOException {
        Outcome outcome = Launcher.run(
                "serve", "--config", file("instance:\n  name: main\n").toString());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("public-url", "master-key", "instance.secret-key", "instance.frontend-api-host");
        assertThat(outcome.errorLines()).allMatch(line -> line.startsWith("usher: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: b: c", "- 1\n- 2", "instance: 1", "a: &a [*a]", "\u0000"})
    void aFileThatIsNoConfigurationIsRefusedWithoutATrace(String yaml) throws IOException {
        Outcome outcome = Launcher.run("config", "--config", file(yaml).toString());
        assertThat(outcome.exitCode()).as(outcome.out()).isEqualTo(1);
        assertThat(outcome.err()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void aMissingFileIsNamed() {
        Outcome outcome = Launcher.run("config", "--config", "missing.yaml");
        assertThat(outcome.exitCode()).isEqualTo(1);
        isOneLineWithoutATrace(outcome);
        assertThat(outcome.err()).contains("missing.yaml");
    }

    @Test
    void aDataFolderThatCannotBeOneIsNamed() throws IOException {
        Path file = file("not a folder");
        Outcome outcome = Launcher.run(
                "dev", "--port", "0", "--data", file.resolve("data").toString());
        assertThat(outcome.exitCode()).isEqualTo(1);
        isOneLineWithoutATrace(outcome);
    }
}
