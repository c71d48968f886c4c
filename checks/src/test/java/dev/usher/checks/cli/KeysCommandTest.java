package dev.usher.checks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.Launcher;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code usher keys} beside a running server. */
class KeysCommandTest {
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
