package dev.usher.checks.signin;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.RunningUsher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links alone, and such as may be opened in any browser: there a person is asked, and it goes on where it began. */
class EmailLinkElsewhereTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              email-addresses: {methods: [link]}
              email-links: {validity: 3m, same-client: false}
            """);

    private final Fapi other = usher.browser();

    private String confirmed(Reader reader) {
        String token = reader.link().split("=", 2)[1];
        return Reader.end(other.post("/v1/verify", "token", token));
    }

    /** Opening alone does nothing: programs open every link of a mail. No document knows the page, which is for people. */
    private void isAsked(Reader reader) {
        Answer page = usher.knock(Call.of("GET", reader.link()));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(page.text()).contains("<form method=\"post\"").contains("Yes, that was me");
        assertThat(page.header("content-security-policy").orElse("")).contains("frame-ancestors 'none'");
    }

    @Test
    void aSignInGoesOnInTheBrowserThatBeganIt() {
        Reader reader = Reader.withAccount(usher);
        String id = reader.signIn();
        isAsked(reader);
        assertThat(reader.attempt(id)).isOk().has("/response/status", "needs_first_factor");
        assertThat(confirmed(reader)).isEqualTo(Reader.ended("verified"));
        assertThat(other.credential()).isEmpty();
        assertThat(confirmed(reader)).isEqualTo(Reader.ended("failed"));
        String before = reader.browser.credential();
        Answer polled = reader.attempt(id);
        assertThat(polled)
                .isOk()
                .has("/response/status", "complete")
                .has("/response/first_factor_verification/status", "verified");
        assertThat(polled.at("/response/first_factor_verification").has("verified_at_client"))
                .isFalse();
        assertThat(reader.browser.credential()).isNotEqualTo(before);
        assertThat(reader.browser.mint(polled.string("/response/created_session_id")))
                .isOk();
        assertThat(reader.attempt(id)).isOk().has("/response/status", "complete");
        assertThat(reader.browser.sessions()).hasSize(1);
    }

    @Test
    void aSignUpGoesOnInTheBrowserThatBeganIt() {
        Reader guest = new Reader(usher);
        String id = guest.signUp("email_address", guest.person.email(), "password", guest.person.password());
        isAsked(guest);
        assertThat(confirmed(guest)).isEqualTo(Reader.ended("verified"));
        assertThat(guest.browser.get("/v1/client/sign_ups/" + id)).isOk().has("/response/status", "complete");
        assertThat(guest.browser.sessions()).hasSize(1);
        assertThat(other.sessions()).isEmpty();
    }

    @Test
    void inItsOwnBrowserALinkAsksNothing() {
        Reader reader = Reader.withAccount(usher);
        reader.signIn();
        assertThat(reader.open(reader.browser)).startsWith(Reader.ended("verified") + "&__clerk_created_session=");
    }

    @ParameterizedTest
    @CsvSource({"/v1/client/sign_ins,identifier", "/v1/client/sign_ups,email_address"})
    void codesAreRefusedWhereTheyAreOff(String path, String field) {
        Reader reader = path.endsWith("ups") ? new Reader(usher) : Reader.withAccount(usher);
        assertThat(reader.browser.post(path, field, reader.person.email(), "strategy", "email_code"))
                .isRefused(422, "form_param_value_invalid", "strategy");
    }

    @Test
    void theEnvironmentNamesLinksAlone() {
        String attribute = "/user_settings/attributes/email_address/";
        assertThat(other.get("/v1/environment"))
                .isOk()
                .has(attribute + "verifications", "[\"email_link\"]")
                .has(attribute + "first_factors", "[\"email_link\"]")
                .has("/user_settings/attack_protection/email_link/require_same_client", "false");
    }
}
