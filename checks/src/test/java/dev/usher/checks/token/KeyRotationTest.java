package dev.usher.checks.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Launcher;
import dev.usher.checks.harness.Node;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Keys replaced while a server mints and its tokens are verified, by the official package among others. */
class KeyRotationTest {
    private static final Path DATA = Launcher.temporaryFolder().resolve("data");

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.on(DATA);

    @Test
    void twentyRotationsUnderLoadRefuseNoToken() {
        Fapi browser = usher.browser();
        String session = browser.signUp(Person.fresh());
        JsonNode result = Node.run(
                "rotation.mjs",
                Duration.ofMinutes(5),
                Map.of(
                        "USHER_URL", usher.url(),
                        "CLERK_SECRET_KEY", usher.process().key("CLERK_SECRET_KEY"),
                        "SESSION", session,
                        "COOKIE", browser.credential(),
                        "LAUNCHER", Launcher.program().toString(),
                        "DATA", DATA.toString(),
                        "ROTATIONS", "20"));
        assertThat(result.path("rotations").asInt()).isEqualTo(20);
        assertThat(result.path("kids").asInt()).isEqualTo(21);
        assertThat(result.path("refused").asInt()).as(result.toString()).isZero();
        assertThat(result.path("minted").asInt()).isGreaterThan(500);
        assertThat(result.path("verified").asInt()).isGreaterThan(4 * 500);
        assertThat(result.path("keySetsFetched").asInt())
                .as("the cache is on")
                .isLessThan(result.path("minted").asInt() / 2);
        assertThat(usher.get("/.well-known/jwks.json").at("/keys").size()).isLessThan(10);
    }
}
