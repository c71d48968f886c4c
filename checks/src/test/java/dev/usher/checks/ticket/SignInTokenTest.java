package dev.usher.checks.ticket;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Contest;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sign-in token lets its user in once, without a factor. */
class SignInTokenTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.onDisk();

    private Guest guest;
    private Bapi server;

    @BeforeEach
    void somebodyHasAnAccount() {
        guest = Guest.with(usher);
        server = guest.server();
    }

    @Test
    void letsItsUserIn() {
        Answer token = guest.signInToken("");
        assertThat(token)
                .has("/object", "sign_in_token")
                .has("/status", "pending")
                .has("/user_id", guest.userId());
        Fapi browser = usher.browser();
        Answer done = Guest.signIn(browser, token.string("/token"));
        assertThat(done)
                .isOk()
                .has("/response/status", "complete")
                .has("/response/first_factor_verification/strategy", "ticket")
                .has("/response/first_factor_verification/status", "verified")
                .has("/client/sessions/0/user/id", guest.userId())
                .has("/client/sessions/0/factor_verification_age/0", "0")
                .has("/client/sessions/0/factor_verification_age/1", "-1");
        assertThat(browser.mint(done.string("/response/created_session_id"))).isOk();
        assertThat(guest.user().at("/last_sign_in_at").isNull()).isFalse();
    }

    @Test
    void isGoodOnce() {
        String ticket = guest.signInToken("").string("/token");
        assertThat(Guest.signIn(usher.browser(), ticket)).isOk();
        assertThat(Guest.signIn(usher.browser(), ticket)).isRefused(400, "sign_in_token_already_used_code");
    }

    @Test
    void ofManyWhoUseItTogetherOneGetsIn() {
        List<Fapi> browsers = Contest.browsers(usher);
        Contest.rounds(10, () -> {
            String ticket = guest.signInToken("").string("/token");
            int winner = Contest.winner(
                    Contest.with("sign_in_token_already_used_code"), i -> () -> Guest.signIn(browsers.get(i), ticket));
            Fapi.require(browsers.get(winner).delete("/v1/client/sessions"));
        });
    }

    @Test
    void isWorthNothingAfterItsTime() {
        String ticket = guest.signInToken(",\"expires_in_seconds\":60").string("/token");
        usher.advance(Duration.ofSeconds(60));
        assertThat(Guest.signIn(usher.browser(), ticket)).isRefused(400, "ticket_expired_code");
        assertThat(usher.get("/v1/tickets/accept?ticket=" + ticket)).isRefused(400, "ticket_expired_code");
    }

    @Test
    void canBeTakenBackWhileItIsPending() {
        Answer token = guest.signInToken("");
        String revoke = "/v1/sign_in_tokens/" + token.string("/id") + "/revoke";
        assertThat(server.post(revoke, "")).isOk().has("/status", "revoked");
        assertThat(server.post(revoke, "")).isRefused(400, "sign_in_token_cannot_be_revoked_code");
        assertThat(Guest.signIn(usher.browser(), token.string("/token"))).isRefused(400, "sign_in_token_revoked_code");
        assertThat(server.post("/v1/actor_tokens/" + token.string("/id") + "/revoke", ""))
                .isRefused(404, "resource_not_found");
    }

    @Test
    void aRefusalDoesNotUseItUp() {
        Fapi browser = usher.browser();
        browser.signIn(guest.person());
        String ticket = guest.signInToken("").string("/token");
        assertThat(Guest.signIn(browser, ticket)).isRefused(400, "session_exists");
        assertThat(Guest.signIn(usher.browser(), ticket)).isOk();
    }

    @Test
    void finishesASignInOfItsUserAndOfNobodyElse() {
        String ticket = guest.signInToken("").string("/token");
        Fapi other = usher.browser();
        Person stranger = Guest.with(usher).person();
        assertThat(attempt(other, stranger, ticket)).isRefused(400, "sign_in_token_not_in_sign_in_code");
        assertThat(attempt(usher.browser(), guest.person(), ticket)).isOk().has("/response/status", "complete");
    }

    private static Answer attempt(Fapi browser, Person person, String ticket) {
        String id = Fapi.require(browser.post("/v1/client/sign_ins", "identifier", person.email()))
                .string("/response/id");
        return browser.post(
                "/v1/client/sign_ins/" + id + "/attempt_first_factor", "strategy", "ticket", "ticket", ticket);
    }

    @Test
    void theBannedAndTheLockedStayOutside() {
        String ticket = guest.signInToken("").string("/token");
        Fapi.require(server.post("/v1/users/" + guest.userId() + "/lock", ""));
        assertThat(Guest.signIn(usher.browser(), ticket)).isRefused(403, "user_locked");
        Fapi.require(server.post("/v1/users/" + guest.userId() + "/unlock", ""));
        Fapi.require(server.post("/v1/users/" + guest.userId() + "/ban", ""));
        assertThat(Guest.signIn(usher.browser(), ticket)).isRefused(403, "user_banned");
    }

    @Test
    void startsInTheOrganizationThatItNames() {
        for (String name : List.of("First", "Second"))
            Fapi.require(server.post(
                    "/v1/organizations", "{\"name\":\"%s\",\"created_by\":\"%s\"}".formatted(name, guest.userId())));
        String first = server.get("/v1/organizations?order_by=%2Bcreated_at&user_id=" + guest.userId())
                .string("/data/0/id");
        Answer done = Guest.signIn(
                usher.browser(),
                guest.signInToken(",\"org_id\":\"" + first + "\"").string("/token"));
        assertThat(done).isOk().has("/client/sessions/0/last_active_organization_id", first);
        assertThat(server.post(
                        "/v1/sign_in_tokens",
                        "{\"user_id\":\"%s\",\"org_id\":\"%s\"}"
                                .formatted(Guest.with(usher).userId(), first)))
                .isRefused(404, "organization_not_found_or_unauthorized");
    }

    @Test
    void itsLinkLeadsToTheSignInPageAndUsesNothingUp() {
        Answer token = guest.signInToken("");
        assertThat(token.string("/url")).startsWith(usher.url() + "/v1/tickets/accept?ticket=");
        for (int i = 0; i < 2; i++) {
            Answer followed =
                    usher.get(token.string("/url").substring(usher.url().length()));
            assertThat(followed.status()).isEqualTo(303);
            assertThat(followed.header("location"))
                    .contains(usher.url() + "/?__clerk_ticket=" + token.string("/token")
                            + "&__clerk_status=sign_in#/sign-in");
        }
        assertThat(Guest.signIn(usher.browser(), token.string("/token"))).isOk();
    }

    @Test
    void makesNoAccount() {
        assertThat(usher.browser()
                        .post(
                                "/v1/client/sign_ups",
                                "strategy",
                                "ticket",
                                "ticket",
                                guest.signInToken("").string("/token")))
                .isRefused(400, "sign_in_token_cannot_be_used_code");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|422|form_param_missing",
                "{\"user_id\":\"user_nobody\"}|404|resource_not_found",
                "{\"user_id\":\"user_nobody\",\"expires_in_seconds\":0}|422|form_param_value_invalid",
                "{\"user_id\":\"user_nobody\",\"expires_in_seconds\":9223372036854775807}|422|form_param_value_invalid"
            })
    void isNotMadeOfAnythingElse(String body, int status, String code) {
        assertThat(server.post("/v1/sign_in_tokens", body)).isRefused(status, code);
    }

    @Test
    void aGuessIsNone() {
        assertThat(Guest.signIn(usher.browser(), "guess")).isRefused(400, "ticket_invalid_code");
        assertThat(usher.browser().post("/v1/client/sign_ins", "strategy", "ticket"))
                .isRefused(422, "form_param_missing", "ticket");
    }
}
