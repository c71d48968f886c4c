package dev.usher.checks.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.Launcher;
import dev.usher.checks.harness.Node;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Keys replaced from the command line while a server runs and its tokens are verified. */
class KeyRotationTest {
    private static final Path DATA = Launcher.temporaryFolder().resolve("data");

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.on(DATA);

    private Fapi browser;
    private String session;

    @BeforeEach
    void somebodyIsSignedIn() {
        browser = usher.browser();
        session = browser.signUp(Person.fresh());
    }

    private static Launcher.Outcome keys(String... arguments) {
        List<String> all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", DATA.toString()));
        return Launcher.run(all.toArray(String[]::new));
    }

    private static List<String> published() {
        List<String> kids = new ArrayList<>();
        usher.get("/.well-known/jwks.json")
                .at("/keys")
                .forEach(key -> kids.add(key.path("kid").asString()));
        return kids;
    }

    private Jwt minted() {
        return Jwt.parse(Fapi.require(browser.mint(session)).string("/jwt"));
    }

    private String signer() {
        return minted().header().path("kid").asString();
    }

    @Test
    void twentyRotationsUnderLoadRefuseNoToken() {
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
        assertThat(published()).hasSizeLessThan(10);
    }

    @Test
    void inAnEmergencyTheNextSecondsTokensAreSignedByTheNewKeyAlone() throws Exception {
        Jwt before = minted();
        Launcher.Outcome outcome = keys("emergency");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        Thread.sleep(1000);
        String fresh = signer();
        assertThat(fresh).isNotEqualTo(before.header().path("kid").asString()).startsWith("ins_");
        assertThat(outcome.out()).contains(fresh).contains("restart your back ends");
        assertThat(published()).containsExactly(fresh);
        assertThat(minted().verifies(key(fresh))).isTrue();
        assertThat(keys("list").out()).contains("revoked").contains("signing");
    }

    private static java.security.PublicKey key(String kid) throws GeneralSecurityException {
        return Jwt.key(usher.get("/.well-known/jwks.json").json(), kid);
    }

    @Test
    void theListTellsTheLifeOfEveryKey() {
        String present = signer();
        List<String> lines = keys("list").out().lines().toList();
        assertThat(lines.getFirst()).contains("KID", "STAGE", "SIGNS FROM", "GONE FROM");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith(present).contains(" signing "));
    }

    @Test
    void whereThereIsNoDataAllIsSaidInOneLine() {
        Launcher.Outcome outcome =
                Launcher.run("keys", "list", "--data", DATA.resolve("nowhere").toString());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errorLines()).singleElement().asString().contains("no Usher data");
        assertThat(Launcher.run("keys").exitCode()).isEqualTo(2);
        assertThat(keys("emergency", "--kid", "ins_other").exitCode()).isEqualTo(1);
    }
}
