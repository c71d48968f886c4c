package dev.usher.checks.backend;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions and clients, as servers see and change them. */
class SessionTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private final Bapi server = usher.server();
    private Fapi browser;
    private String session;
    private String path;
    private String userId;

    @BeforeEach
    void aSession() {
        browser = usher.browser();
        session = browser.signUp(Person.fresh());
        path = "/v1/sessions/" + session;
        userId = server.get(path).string("/user_id");
    }

    @Test
    void aSessionIsShownWithItsDeviceAndClient() {
        Answer shown = server.get(path);
        assertThat(shown).isOk().has("/object", "session").has("/status", "active");
        assertThat(shown.string("/client_id")).startsWith("client_");
        assertThat(shown.at("/latest_activity/id").asString()).startsWith("sess_activity_");
    }

    @Test
    void aRevokedSessionMintsNoMore() {
        assertThat(server.post(path + "/revoke", "")).isOk().has("/status", "revoked");
        assertThat(browser.mint(session).status()).isEqualTo(401);
        assertThat(server.post(path + "/revoke", "")).isOk().has("/status", "revoked");
        assertThat(server.post(path + "/tokens", "{}")).isRefused(404, "resource_not_found");
        assertThat(server.get("/v1/sessions?user_id=" + userId + "&status=revoked&paginated=true"))
                .has("/total_count", "1")
                .has("/data/0/id", session);
        assertThat(server.get("/v1/sessions?user_id=" + userId + "&status=active&paginated=true"))
                .has("/total_count", "0");
    }

    @ParameterizedTest
    @CsvSource({"ended,end", "removed,remove"})
    void aSessionThatItsOwnerClosesIsFoundByItsStatus(String status, String verb) {
        Fapi.require(browser.post("/v1/client/sessions/" + session + "/" + verb));
        assertThat(server.get("/v1/sessions?user_id=" + userId + "&status=" + status))
                .has("/0/id", session);
    }

    @Test
    void sessionsThatTimeClosedAreFoundByTheirStatus() {
        usher.advance(Duration.ofDays(8));
        assertThat(server.get("/v1/sessions?user_id=" + userId + "&status=expired"))
                .has("/0/status", "expired");
        usher.advance(Duration.ofDays(23));
        assertThat(server.get("/v1/sessions?user_id=" + userId + "&status=abandoned"))
                .has("/0/status", "abandoned");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=asleep", "limit=0", "limit=501", "offset=-1"})
    void aListThatCannotBeIsRefused(String query) {
        assertThat(server.get("/v1/sessions?" + query).status()).isEqualTo(422);
    }

    @Test
    void aTokenHasTheLifetimeThatIsAskedFor() {
        String jwt = Fapi.require(server.post(path + "/tokens", "{\"expires_in_seconds\":600}"))
                .string("/jwt");
        var claims = Jwt.parse(jwt).claims();
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(600);
        assertThat(claims.path("sid").asString()).isEqualTo(session);
    }

    @ParameterizedTest
    @ValueSource(strings = {"29", "315360001", "\"60\"", "-1"})
    void aLifetimeOutOfRangeIsRefused(String seconds) {
        assertThat(server.post(path + "/tokens", "{\"expires_in_seconds\":" + seconds + "}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void theEndOfOneSessionIsMoved() {
        long later = usher.now() + Duration.ofDays(100).toMillis();
        assertThat(server.patch(path, "{\"expire_at\":" + later + "}")).isOk().has("/expire_at", String.valueOf(later));
        usher.advance(Duration.ofDays(60));
        assertThat(browser.mint(session)).isOk();
        long soon = usher.now() + Duration.ofSeconds(330).toMillis();
        assertThat(server.patch(path, "{\"expire_at\":" + soon + "}")).isOk();
        usher.advance(Duration.ofMinutes(6));
        assertThat(browser.mint(session).status()).isEqualTo(401);
        assertThat(server.patch(path, "{\"expire_at\":" + later + "}").status()).isEqualTo(400);
    }

    @Test
    void anEndTooNearOrTooFarIsRefused() {
        for (Duration left : new Duration[] {Duration.ofMinutes(4), Duration.ofDays(3651), Duration.ZERO})
            assertThat(server.patch(path, "{\"expire_at\":" + (usher.now() + left.toMillis()) + "}"))
                    .isRefused(422, "form_param_value_invalid");
    }

    @Test
    void aSessionIsMadeWithoutASignIn() {
        Answer made = server.post("/v1/sessions", "{\"user_id\":\"" + userId + "\"}");
        assertThat(made).isOk().has("/user_id", userId).has("/status", "active");
        assertThat(made.string("/client_id")).isNotEqualTo(server.get(path).string("/client_id"));
        assertThat(server.post("/v1/sessions", "{\"user_id\":\"user_nobody\"}")).isRefused(404, "resource_not_found");
        assertThat(server.post("/v1/sessions", "{}")).isRefused(422, "form_param_missing");
    }

    @Test
    void aClientIsShownWithItsSessionsAndKnownByItsToken() {
        String clientId = server.get(path).string("/client_id");
        assertThat(server.get("/v1/clients/" + clientId)).isOk().has("/session_ids/0", session);
        assertThat(server.post("/v1/clients/verify", "{\"token\":\"" + browser.credential() + "\"}"))
                .isOk()
                .has("/id", clientId);
        assertThat(server.post("/v1/clients/verify", "{\"token\":\"" + clientId + ".wrong\"}"))
                .isRefused(400, "client_not_found");
        assertThat(server.get("/v1/clients/client_none")).isRefused(404, "resource_not_found");
        assertThat(server.get("/v1/clients?limit=1")).isOk();
    }
}
