package dev.usher.checks.backend;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Launcher;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.UsherProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code usher secret-key} beside a running server, and the key that the configuration declares. */
class SecretKeyTest {
    private static final Path DATA = Launcher.temporaryFolder().resolve("data");
    private static final String DECLARED = "USHER_INSTANCE_SECRET_KEY";
    private static final String FIRST = "sk_test_" + "a1b2c3d4".repeat(4);
    private static final String SECOND = "sk_test_" + "e5f6a7b8".repeat(4);

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.on(DATA);

    private static Launcher.Outcome command(Path data, String... words) {
        List<String> all = new ArrayList<>(List.of("secret-key"));
        all.addAll(List.of(words));
        all.addAll(List.of("--data", data.toString()));
        return Launcher.run(all.toArray(String[]::new));
    }

    private static String idOf(Path data, String name) {
        return command(data, "list")
                .out()
                .lines()
                .filter(line -> line.contains(" " + name + " ") && line.trim().endsWith(" -"))
                .findFirst()
                .orElseThrow()
                .split(" ", 2)[0];
    }

    @Test
    void oneTakesAnothersPlaceWhileTheServerRuns() {
        Launcher.Outcome made = command(DATA, "create", "--name", "billing");
        assertThat(made.exitCode()).as(made.err()).isZero();
        String key = made.out().trim();
        assertThat(key).matches("sk_test_[A-Za-z0-9]{40,}");
        assertThat(usher.server(key).get("/v1/users")).isOk();
        assertThat(usher.server().get("/v1/users")).isOk();
        assertThat(command(DATA, "list").out())
                .contains("billing", "development")
                .doesNotContain(key.substring(8));
        String old = idOf(DATA, "development");
        assertThat(command(DATA, "revoke", old).exitCode()).isZero();
        assertThat(usher.server().get("/v1/users")).isRefused(401, "clerk_key_invalid");
        assertThat(usher.server(key).get("/v1/users")).isOk();
        Launcher.Outcome again = command(DATA, "revoke", old);
        assertThat(again.exitCode()).isNotZero();
        assertThat(again.errorLines()).containsExactly("usher: there is no valid key " + old);
    }

    @Test
    void aKeyThatTheConfigurationNoLongerDeclaresIsRefused() {
        Path data = Launcher.temporaryFolder().resolve("data");
        try (UsherProcess process =
                UsherProcess.plan().data(data).environment(DECLARED, FIRST).start()) {
            assertThat(RunningUsher.around(process).server(FIRST).get("/v1/instance"))
                    .isOk();
            assertThat(command(data, "list").out()).contains("configuration");
        }
        try (UsherProcess process =
                UsherProcess.plan().data(data).environment(DECLARED, SECOND).start()) {
            RunningUsher running = RunningUsher.around(process);
            assertThat(running.server(FIRST).get("/v1/instance")).isRefused(401, "clerk_key_invalid");
            assertThat(running.server(SECOND).get("/v1/instance")).isOk();
            assertThat(command(data, "revoke", idOf(data, "configuration")).exitCode())
                    .isZero();
            assertThat(running.server(SECOND).get("/v1/instance")).isRefused(401, "clerk_key_invalid");
        }
        Launcher.Outcome start =
                Launcher.run(Map.of(DECLARED, SECOND), "dev", "--port", "0", "--data", data.toString());
        assertThat(start.exitCode()).isEqualTo(1);
        assertThat(start.errorLines()).hasSize(1).first().asString().contains("instance.secret-key was revoked");
    }
}
