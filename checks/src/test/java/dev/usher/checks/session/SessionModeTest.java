package dev.usher.checks.session;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One session per client, or one per person. */
class SessionModeTest {

    @Nested
    class OneSessionPerClient {
        @RegisterExtension
        static final RunningUsher usher = RunningUsher.inMemory();

        private final Fapi browser = usher.browser();

        @Test
        void isTheDefault() {
            assertThat(browser.get("/v1/environment")).has("/auth_config/single_session_mode", "true");
        }

        @Test
        void nobodySignsInWhereSomebodyIsSignedIn() {
            Person first = Person.fresh();
            Person second = Person.fresh();
            usher.browser().signUp(second);
            String session = browser.signUp(first);
            assertThat(browser.post("/v1/client/sign_ins", "identifier", second.email()))
                    .isRefused(400, "session_exists");
            assertThat(browser.post("/v1/client/sign_ins", "identifier", first.email(), "password", first.password()))
                    .isRefused(400, "session_exists");
            assertThat(browser.post(
                            "/v1/client/sign_ups",
                            "email_address",
                            Person.fresh().email()))
                    .isRefused(400, "session_exists");
            assertThat(browser.sessions()).containsExactly(session);
        }

        @ParameterizedTest
        @ValueSource(strings = {"end", "remove"})
        void afterSigningOutAnotherPersonSignsInOnTheSameClient(String action) {
            Person second = Person.fresh();
            usher.browser().signUp(second);
            String first = browser.signUp(Person.fresh());
            String client = browser.client().string("/response/id");
            assertThat(browser.session(first, action)).isOk();
            String next = browser.signIn(second);
            assertThat(browser.client()).has("/response/id", client).has("/response/last_active_session_id", next);
            assertThat(browser.sessions()).containsExactly(next);
        }
    }

    @Nested
    class OneSessionPerPerson {
        @RegisterExtension
        static final RunningUsher usher = RunningUsher.inMemory("""
                instance:
                  single-session-mode: false
                """);

        private final Fapi browser = usher.browser();
        private final Person ada = Person.fresh();
        private final Person bob = Person.fresh();
        private String adas;
        private String bobs;

        private void bothAreSignedIn() {
            adas = browser.signUp(ada);
            bobs = browser.signUp(bob);
        }

        @Test
        void isAnnouncedToTheClient() {
            assertThat(browser.get("/v1/environment")).has("/auth_config/single_session_mode", "false");
        }

        @Test
        void severalPeopleAreSignedInAndTheLastOneIsActive() {
            bothAreSignedIn();
            assertThat(browser.sessions()).containsExactly(adas, bobs);
            assertThat(browser.client()).has("/response/last_active_session_id", bobs);
            assertThat(browser.mint(adas)).isOk();
            assertThat(browser.mint(bobs)).isOk();
        }

        @Test
        void everySessionOfTheClientHasItsOwnToken() {
            bothAreSignedIn();
            Answer client = browser.client();
            assertThat(client.string("/response/sessions/0/last_active_token/jwt"))
                    .isNotEmpty()
                    .isNotEqualTo(client.string("/response/sessions/1/last_active_token/jwt"));
            assertThat(client).has("/response/sessions/0/user/email_addresses/0/email_address", ada.email());
            assertThat(client).has("/response/sessions/1/user/email_addresses/0/email_address", bob.email());
        }

        @Test
        void aPersonWhoIsSignedInAlreadyIsLedToTheirSession() {
            bothAreSignedIn();
            assertThat(browser.post("/v1/client/sign_ins", "identifier", ada.email()))
                    .isRefused(400, "identifier_already_signed_in")
                    .has("/errors/0/meta/session_id", adas);
            assertThat(browser.post("/v1/client/sign_ins", "identifier", ada.email(), "password", ada.password()))
                    .isRefused(400, "identifier_already_signed_in")
                    .has("/errors/0/meta/session_id", adas);
            assertThat(browser.sessions()).containsExactly(adas, bobs);
        }

        @Test
        void aTouchSwitchesTheActiveSession() {
            bothAreSignedIn();
            assertThat(browser.post("/v1/client/sessions/" + adas + "/touch", "intent", "select_session"))
                    .isOk()
                    .has("/client/last_active_session_id", adas);
            assertThat(browser.client()).has("/response/last_active_session_id", adas);
        }

        @ParameterizedTest
        @ValueSource(strings = {"end", "remove"})
        void theOtherOneStaysSignedInWhenOneSignsOut(String action) {
            bothAreSignedIn();
            assertThat(browser.session(bobs, action)).isOk().has("/client/last_active_session_id", adas);
            assertThat(browser.sessions()).containsExactly(adas);
            assertThat(browser.mint(adas)).isOk();
            assertThat(browser.mint(bobs)).isRefused(401, "authentication_invalid");
        }

        @Test
        void signingOutAltogetherSignsEverybodyOut() {
            bothAreSignedIn();
            assertThat(browser.delete("/v1/client/sessions")).isOk().has("/response/last_active_session_id", "null");
            assertThat(browser.mint(adas)).isRefused(401, "authentication_invalid");
            assertThat(browser.mint(bobs)).isRefused(401, "authentication_invalid");
        }

        @Test
        void theNamedSessionDecidesWhoseAccountIsMeant() {
            bothAreSignedIn();
            assertThat(browser.get("/v1/me?_clerk_session_id=" + adas))
                    .has("/response/email_addresses/0/email_address", ada.email());
            assertThat(browser.get("/v1/me?_clerk_session_id=" + bobs))
                    .has("/response/email_addresses/0/email_address", bob.email());
            assertThat(browser.get("/v1/me")).has("/response/email_addresses/0/email_address", bob.email());
        }

        @Test
        void onePersonDoesNotRevokeTheOthersSession() {
            bothAreSignedIn();
            assertThat(browser.post("/v1/me/sessions/" + bobs + "/revoke?_clerk_session_id=" + adas))
                    .isRefused(404, "resource_not_found");
            assertThat(browser.mint(bobs)).isOk();
        }
    }
}
