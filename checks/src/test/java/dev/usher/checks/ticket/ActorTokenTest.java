package dev.usher.checks.ticket;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Contest;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An actor token lets somebody act as a user, for a short time, and everybody can see who it is. */
class ActorTokenTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.onDisk();

    private Guest guest;
    private Bapi server;
    private Fapi browser;

    @BeforeEach
    void somebodyHasAnAccount() {
        guest = Guest.with(usher);
        server = guest.server();
        browser = usher.browser();
    }

    private String impersonates(String more) {
        return Fapi.require(Guest.signIn(browser, guest.actorToken(more).string("/token")))
                .string("/response/created_session_id");
    }

    @Test
    void theSessionAndItsTokensSayWhoActs() {
        String session = impersonates("");
        assertThat(browser.get("/v1/client/sessions/" + session))
                .has("/response/actor/sub", "user_support")
                .has("/response/actor/iss", "desk");
        Jwt token = Jwt.parse(browser.mint(session).string("/jwt"));
        assertThat(token.claims().at("/act/sub").asString()).isEqualTo("user_support");
        assertThat(token.claims().at("/act/iss").asString()).isEqualTo("desk");
        assertThat(token.claims().at("/sub").asString()).isEqualTo(guest.userId());
    }

    @Test
    void theUsersLastSignInIsTheirOwn() {
        String before = guest.user().at("/last_sign_in_at").toString();
        impersonates("");
        assertThat(guest.user().at("/last_sign_in_at").toString()).isEqualTo(before);
    }

    @Test
    void isGoodOnce() {
        String ticket = guest.actorToken("").string("/token");
        assertThat(Guest.signIn(browser, ticket)).isOk();
        assertThat(Guest.signIn(usher.browser(), ticket)).isRefused(400, "actor_token_already_used_code");
    }

    @Test
    void ofManyWhoUseItTogetherOneGetsIn() {
        List<Fapi> browsers = Contest.browsers(usher);
        Contest.rounds(10, () -> {
            String ticket = guest.actorToken("").string("/token");
            int winner = Contest.winner(
                    Contest.with("actor_token_already_used_code"), i -> () -> Guest.signIn(browsers.get(i), ticket));
            Fapi.require(browsers.get(winner).delete("/v1/client/sessions"));
        });
    }

    @Test
    void theTokenAndTheSessionEndInTheirTime() {
        String late = guest.actorToken("").string("/token");
        usher.advance(Duration.ofHours(1));
        assertThat(Guest.signIn(browser, late)).isRefused(400, "ticket_expired_code");
        String session = impersonates("");
        for (int i = 0; i < 3; i++) {
            assertThat(browser.session(session, "touch")).isOk();
            usher.advance(Duration.ofSeconds(599));
        }
        assertThat(browser.session(session, "touch")).isOk();
        usher.advance(Duration.ofSeconds(3));
        assertThat(browser.mint(session).status()).isEqualTo(401);
    }

    @Test
    void theSessionIsAsLongAsTheServerSays() {
        String session = impersonates(",\"session_max_duration_in_seconds\":120");
        usher.advance(Duration.ofSeconds(119));
        assertThat(browser.mint(session)).isOk();
        usher.advance(Duration.ofSeconds(1));
        assertThat(browser.mint(session).status()).isEqualTo(401);
    }

    @Test
    void whoeverRestsForTenMinutesIsOut() {
        String session = impersonates("");
        usher.advance(Duration.ofMinutes(10));
        assertThat(browser.mint(session).status()).isEqualTo(401);
    }

    @Test
    void canBeTakenBackWhileItIsPending() {
        Answer token = guest.actorToken("");
        assertThat(token).has("/object", "actor_token").has("/actor/sub", "user_support");
        String revoke = "/v1/actor_tokens/" + token.string("/id") + "/revoke";
        assertThat(server.post(revoke, "")).isOk().has("/status", "revoked");
        assertThat(server.post(revoke, "")).isRefused(400, "actor_token_cannot_be_revoked_code");
        assertThat(Guest.signIn(browser, token.string("/token"))).isRefused(400, "actor_token_revoked_code");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/me/change_password, new_password, another good one",
        "POST, /v1/me/email_addresses, email_address, new@example.com",
        "POST, /v1/me/totp, '', ''",
        "DELETE, /v1/me, '', ''"
    })
    void whoActsCannotChangeTheAccount(String method, String path, String field, String value) {
        impersonates("");
        String[] form = field.isEmpty() ? new String[0] : new String[] {field, value};
        Answer answer = method.equals("DELETE") ? browser.delete(path) : browser.post(path, form);
        assertThat(answer).isRefused(403, "resource_forbidden");
    }

    @Test
    void whoActsCannotEndTheUsersOwnSessionsOrProveAnything() {
        Fapi own = usher.browser();
        String session = own.signIn(guest.person());
        String impersonated = impersonates("");
        assertThat(browser.post("/v1/me/sessions/" + session + "/revoke")).isRefused(403, "resource_forbidden");
        assertThat(browser.post("/v1/client/sessions/" + impersonated + "/verify", "level", "first_factor"))
                .isRefused(403, "resource_forbidden");
        assertThat(own.post("/v1/me/sessions/" + impersonated + "/revoke")).isOk();
        assertThat(browser.mint(impersonated).status()).isEqualTo(401);
    }

    @Test
    void nobodySignsInBeside() {
        impersonates("");
        Guest other = Guest.with(usher);
        assertThat(browser.post(
                        "/v1/client/sign_ins", "identifier", other.person().email()))
                .isRefused(409, "session_creation_not_allowed");
        assertThat(Guest.signIn(browser, other.signInToken("").string("/token")))
                .isRefused(409, "session_creation_not_allowed");
    }

    @Test
    void itsLinkSignsOutWhoeverIsThere() {
        Guest support = Guest.with(usher);
        String session = browser.signIn(support.person());
        Answer token = guest.actorToken("");
        Answer followed = browser.get(token.string("/url").substring(usher.url().length()));
        assertThat(followed.status()).isEqualTo(303);
        assertThat(browser.mint(session).status()).isEqualTo(401);
        assertThat(Guest.signIn(browser, token.string("/token"))).isOk();
        assertThat(browser.sessions()).hasSize(1);
        assertThat(browser.get(token.string("/url").substring(usher.url().length())))
                .isRefused(400, "actor_token_already_used_code");
        assertThat(browser.sessions()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"user_id\":\"ID\"}|form_param_missing",
                "{\"user_id\":\"ID\",\"actor\":{}}|form_param_nil",
                "{\"user_id\":\"ID\",\"actor\":{\"iss\":\"x\"}}|form_param_value_invalid",
                "{\"user_id\":\"ID\",\"actor\":{\"sub\":7}}|form_param_value_invalid",
                "{\"user_id\":\"ID\",\"actor\":{\"sub\":\"a\"},\"session_max_duration_in_seconds\":0}|form_param_value_invalid",
                "{\"user_id\":\"user_nobody\",\"actor\":{\"sub\":\"a\"}}|form_resource_not_found"
            })
    void isNotMadeOfAnythingElse(String body, String code) {
        assertThat(server.post("/v1/actor_tokens", body.replace("ID", guest.userId())))
                .isRefused(422, code);
    }
}
