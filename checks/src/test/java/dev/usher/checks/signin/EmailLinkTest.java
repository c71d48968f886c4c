package dev.usher.checks.signin;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Otp;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A link in a mail proves an address: once, in time, and in the browser that asked for it. */
class EmailLinkTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              email-addresses: {methods: [code, link]}
            """);

    private static final String FIRST = "/response/first_factor_verification";

    private final Reader reader = Reader.withAccount(usher);
    private final Fapi browser = reader.browser;

    @Test
    void aLinkSignsInInTheBrowserThatAskedForIt() {
        Answer begun = browser.post("/v1/client/sign_ins", "identifier", reader.person.email());
        assertThat(begun).isOk().has("/response/status", "needs_first_factor");
        assertThat(begun.at("/response/supported_first_factors").findValuesAsString("strategy"))
                .containsExactly("password", "email_code", "email_link", "reset_password_email_code");
        String id = begun.string("/response/id");
        Answer prepared = browser.post(
                "/v1/client/sign_ins/" + id + "/prepare_first_factor",
                "strategy",
                "email_link",
                "email_address_id",
                begun.string("/response/supported_first_factors/2/email_address_id"),
                "redirect_url",
                Reader.PAGE + "?next=1#/there");
        assertThat(prepared)
                .isOk()
                .has(FIRST + "/object", "verification_email_link")
                .has(FIRST + "/strategy", "email_link")
                .has(FIRST + "/status", "unverified");
        assertThat(prepared.at(FIRST + "/expire_at").asLong() - usher.now()).isBetween(590_000L, 600_000L);
        String end = reader.open(browser);
        Answer polled = reader.attempt(id);
        String session = polled.string("/response/created_session_id");
        assertThat(session).startsWith("sess_");
        assertThat(end)
                .isEqualTo(
                        Reader.PAGE + "?next=1&__clerk_status=verified&__clerk_created_session=" + session + "#/there");
        Answer client = browser.client();
        assertThat(polled)
                .isOk()
                .has("/response/status", "complete")
                .has(FIRST + "/status", "verified")
                .has(FIRST + "/verified_at_client", client.string("/response/id"));
        assertThat(client)
                .has("/response/last_active_session_id", session)
                .has("/response/last_authentication_strategy", "email_link");
        assertThat(browser.mint(session)).isOk();
    }

    /** A poll that was on its way when the secret was rotated is no error, and sees nothing of the end. */
    @Test
    void aPollThatWasOnItsWayGoesOn() {
        String id = reader.signIn();
        Fapi tab = browser.copy();
        reader.open(browser);
        assertThat(tab.get("/v1/client/sign_ins/" + id))
                .isOk()
                .has("/response/status", "needs_first_factor")
                .has(FIRST + "/status", "unverified")
                .has("/response/created_session_id", "null")
                .has("/client/sessions", "[]");
        assertThat(reader.attempt(id)).isOk().has("/response/status", "complete");
        Fapi.require(browser.delete("/v1/client/sessions"));
        String later = Fapi.require(browser.post("/v1/client/sign_ins", "identifier", reader.person.email()))
                .string("/response/id");
        assertThat(tab.get("/v1/client/sign_ins/" + later).status()).isEqualTo(401);
    }

    /** Whoever asks may write any name into the request; the owner of the address must not be led there. */
    @Test
    void aLinkNeverLeadsToAForeignHost() {
        Call asked = browser.call(
                "POST",
                "/v1/client/sign_ins",
                "identifier",
                reader.person.email(),
                "strategy",
                "email_link",
                "redirect_url",
                Reader.PAGE);
        Fapi.require(browser.send(asked.with("Host", "evil.example")));
        String inbox = "/_usher/inbox.json?to=" + reader.person.email();
        assertThat(usher.get(inbox).string("/data/0/link")).startsWith("http://localhost:");
    }

    @Test
    void inAnotherBrowserALinkDoesNothing() {
        String id = reader.signIn();
        Fapi other = usher.browser();
        assertThat(reader.open(other)).isEqualTo(Reader.ended("client_mismatch"));
        Fapi.require(other.post("/v1/client"));
        assertThat(reader.open(other)).isEqualTo(Reader.ended("client_mismatch"));
        assertThat(other.sessions()).isEmpty();
        assertThat(reader.attempt(id))
                .isOk()
                .has("/response/status", "needs_first_factor")
                .has(FIRST + "/status", "unverified");
        assertThat(reader.open(browser)).startsWith(Reader.ended("verified"));
    }

    @Test
    void aSecretThatWasRotatedAwayIsNotTheBrowser() {
        reader.signIn();
        assertThat(reader.open(browser.credential(browser.credential().replaceFirst(".$", "~"))))
                .isEqualTo(Reader.ended("client_mismatch"));
    }

    @Test
    void aLinkIsGoodForTenMinutes() {
        String id = reader.signIn();
        usher.advance(Duration.ofMinutes(10));
        assertThat(reader.open(browser)).isEqualTo(Reader.ended("expired"));
        assertThat(reader.attempt(id))
                .isOk()
                .has("/response/status", "needs_first_factor")
                .has(FIRST + "/status", "expired");
        assertThat(browser.sessions()).isEmpty();
    }

    @Test
    void aLinkIsGoodOnce() {
        reader.signIn();
        assertThat(reader.open(browser)).startsWith(Reader.ended("verified"));
        assertThat(reader.open(browser)).isEqualTo(Reader.ended("failed"));
        assertThat(reader.open(usher.browser())).isEqualTo(Reader.ended("failed"));
        assertThat(browser.sessions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"email_link", "email_code"})
    void whateverIsSentLaterVoidsALink(String strategy) {
        String id = reader.signIn();
        String first = reader.link();
        String path = "/v1/client/sign_ins/" + id + "/prepare_first_factor";
        assertThat(browser.post(path, "strategy", strategy, "redirect_url", Reader.PAGE))
                .isRefused(429, "verification_code_too_many_requests");
        usher.advance(Duration.ofSeconds(30));
        assertThat(browser.post(path, "strategy", strategy, "redirect_url", Reader.PAGE))
                .isOk();
        assertThat(Reader.end(Reader.open(browser, first))).isEqualTo(Reader.ended("failed"));
        assertThat(browser.sessions()).isEmpty();
    }

    @Test
    void aLinkOfAnAttemptThatIsGoneDoesNothing() {
        reader.signIn();
        Fapi.require(browser.post("/v1/client/sign_ins", "identifier", reader.person.email()));
        assertThat(reader.open(browser)).isEqualTo(Reader.ended("failed"));
        assertThat(browser.sessions()).isEmpty();
    }

    @Test
    void whoeverOnlyLooksUsesNothingUp() {
        reader.signIn();
        String link = reader.link();
        Call head = Call.of("HEAD", link).with("Cookie", "__client=" + browser.credential());
        assertThat(usher.knock(head).status()).isEqualTo(204);
        for (String header : new String[] {"Sec-Purpose", "Purpose", "X-Moz"}) {
            Call ahead = Call.of("GET", link)
                    .with("Cookie", "__client=" + browser.credential())
                    .with(header, "prefetch;prerender");
            assertThat(usher.knock(ahead).status()).isEqualTo(503);
        }
        assertThat(reader.open(browser)).startsWith(Reader.ended("verified"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?token=", "?token=nonsense", "?token=eyJhbGciOiJub25lIn0.e30."})
    void aTokenThatIsNoneLeadsNowhere(String query) {
        assertThat(browser.get("/v1/verify" + query)).isRefused(400, "verification_link_token_invalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://evil.example/x|redirect_url_not_associated_with_instance",
                "http://localhost.evil.example/|redirect_url_not_associated_with_instance",
                "http://localhost@evil.example/|invalid_redirect_url",
                "//evil.example/|invalid_redirect_url",
                "javascript:alert(1)|invalid_redirect_url",
                "data:text/html,x|invalid_redirect_url",
                "/verify|invalid_redirect_url",
            })
    void aLinkEndsOnPagesOfTheInstanceOnly(String target, String code) {
        Answer refused = browser.post(
                "/v1/client/sign_ins",
                "identifier",
                reader.person.email(),
                "strategy",
                "email_link",
                "redirect_url",
                target);
        assertThat(refused).isRefused(422, code, "redirect_url");
        assertThat(refused.text()).doesNotContain("evil");
        assertThat(usher.get("/_usher/inbox.json?to=" + reader.person.email())).has("/data", "[]");
    }

    @Test
    void aLinkNeedsAPageToEndOn() {
        assertThat(browser.post("/v1/client/sign_ins", "identifier", reader.person.email(), "strategy", "email_link"))
                .isRefused(422, "form_param_missing", "redirect_url");
    }

    @Test
    void aLinkIsOpenedAndNotTyped() {
        String id = reader.signIn();
        String token = reader.link().split("=", 2)[1];
        assertThat(browser.post(
                        "/v1/client/sign_ins/" + id + "/attempt_first_factor", "strategy", "email_link", "code", token))
                .isRefused(422, "form_param_value_invalid", "strategy");
        assertThat(browser.post(
                        "/v1/client/sign_ins/" + id + "/attempt_first_factor", "strategy", "email_code", "code", token))
                .isRefused(400, "verification_not_sent");
    }

    @Test
    void theSecondFactorIsAskedForAsWell() {
        Fapi.require(browser.post("/v1/client"));
        Fapi elsewhere = usher.browser();
        elsewhere.signIn(reader.person);
        Otp otp = new Otp(Fapi.require(elsewhere.post("/v1/me/totp/")).string("/response/secret"));
        Fapi.require(elsewhere.post("/v1/me/totp/attempt_verification/", "code", otp.at(usher.now())));
        usher.advance(Duration.ofSeconds(30));
        String id = reader.signIn();
        assertThat(reader.open(browser)).isEqualTo(Reader.ended("verified"));
        assertThat(browser.sessions()).isEmpty();
        assertThat(reader.attempt(id))
                .isOk()
                .has("/response/status", "needs_second_factor")
                .has(FIRST + "/status", "verified");
        assertThat(browser.post(
                        "/v1/client/sign_ins/" + id + "/attempt_second_factor",
                        "strategy",
                        "totp",
                        "code",
                        otp.at(usher.now())))
                .isOk()
                .has("/response/status", "complete");
    }

    @Test
    void aLinkOpensNoLockedAndNoBannedAccount() {
        String id = reader.signIn();
        String userId = usher.server()
                .get("/v1/users?email_address=" + reader.person.email())
                .string("/0/id");
        for (String state : new String[] {"lock", "ban"}) {
            Fapi.require(usher.server().post("/v1/users/" + userId + "/" + state, "{}"));
            assertThat(reader.open(browser)).isEqualTo(Reader.ended("failed"));
            Fapi.require(usher.server().post("/v1/users/" + userId + "/un" + state, "{}"));
        }
        assertThat(reader.attempt(id)).isOk().has("/response/status", "needs_first_factor");
    }

    @Test
    void aSignUpIsProvedByALink() {
        Reader guest = new Reader(usher);
        String id = guest.signUp("email_address", guest.person.email(), "password", guest.person.password());
        assertThat(guest.browser.get("/v1/client/sign_ups/" + id))
                .isOk()
                .has("/response/verifications/email_address/object", "verification_email_link")
                .has("/response/verifications/email_address/status", "unverified")
                .has("/response/verifications/email_address/supported_strategies", "[\"email_code\",\"email_link\"]");
        assertThat(guest.open(usher.browser())).isEqualTo(Reader.ended("client_mismatch"));
        String end = guest.open(guest.browser);
        Answer done = guest.browser.get("/v1/client/sign_ups/" + id);
        assertThat(done)
                .isOk()
                .has("/response/status", "complete")
                .has("/response/verifications/email_address/status", "verified");
        assertThat(end)
                .isEqualTo(Reader.ended("verified") + "&__clerk_created_session="
                        + done.string("/response/created_session_id"));
        assertThat(guest.browser.get("/v1/me"))
                .isOk()
                .has("/response/email_addresses/0/verification/strategy", "email_link")
                .has("/response/email_addresses/0/verification/object", "verification_email_link");
        assertThat(usher.browser().signIn(guest.person)).isNotEmpty();
    }

    @Test
    void aSignUpGoesOnWithWhatIsMissing() {
        Reader guest = new Reader(usher);
        String id = guest.signUp("email_address", guest.person.email());
        assertThat(guest.open(guest.browser)).isEqualTo(Reader.ended("verified"));
        assertThat(guest.browser.get("/v1/client/sign_ups/" + id))
                .isOk()
                .has("/response/status", "missing_requirements")
                .has("/response/missing_fields", "[\"password\"]")
                .has("/response/unverified_fields", "[]");
        assertThat(guest.browser.patch("/v1/client/sign_ups/" + id, "password", guest.person.password()))
                .isOk()
                .has("/response/status", "complete");
    }

    @Test
    void aLinkToAnAddressThatWasGivenUpProvesNothing() {
        Reader guest = new Reader(usher);
        String id = guest.signUp("email_address", guest.person.email(), "password", guest.person.password());
        Fapi.require(guest.browser.patch(
                "/v1/client/sign_ups/" + id, "email_address", Person.withInbox().email()));
        assertThat(guest.open(guest.browser)).isEqualTo(Reader.ended("failed"));
        assertThat(guest.browser.sessions()).isEmpty();
    }

    @Test
    void anAddressIsAddedByALink() {
        browser.signIn(reader.person);
        Reader added = new Reader(usher);
        String path = "/v1/me/email_addresses/"
                + Fapi.require(browser.post("/v1/me/email_addresses", "email_address", added.person.email()))
                        .string("/response/id");
        assertThat(browser.post(path + "/prepare_verification", "strategy", "email_link", "redirect_url", Reader.PAGE))
                .isOk()
                .has("/response/verification/strategy", "email_link")
                .has("/response/verification/status", "unverified");
        assertThat(added.open(usher.browser())).isEqualTo(Reader.ended("client_mismatch"));
        assertThat(browser.get(path)).isOk().has("/response/verification", "null");
        assertThat(added.open(browser)).isEqualTo(Reader.ended("verified"));
        assertThat(browser.get(path))
                .isOk()
                .has("/response/verification/status", "verified")
                .has("/response/verification/strategy", "email_link");
        assertThat(added.open(browser)).isEqualTo(Reader.ended("failed"));
    }

    @Test
    void theEnvironmentNamesBothWays() {
        String both = "[\"email_code\",\"email_link\"]";
        String attribute = "/user_settings/attributes/email_address/";
        assertThat(browser.get("/v1/environment"))
                .isOk()
                .has(attribute + "verifications", both)
                .has(attribute + "first_factors", both)
                .has("/auth_config/email_address_verification_strategies", both)
                .has("/user_settings/attack_protection/email_link/require_same_client", "true");
    }
}
