package dev.usher.checks.factor;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strict enumeration protection and limits of a source. */
class StrictTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              strict-enumeration-protection: true
              rate-limits:
                enabled: true
            """);

    private static final Person KNOWN = Person.withInbox();
    private static final Person UNKNOWN = Person.withInbox();

    @BeforeAll
    static void somebodyHasAnAccount() {
        usher.browser().signUp(KNOWN);
    }

    /** The body without the person's name and what differs from request to request. */
    private static String body(Answer answer, Person person) {
        return answer.status() + " "
                + answer.textWithout(person.email())
                        .replaceAll("[a-z]{2,6}_[0-9A-Za-z]{27}", "id")
                        .replaceAll("\\d{13}", "time")
                        .replaceAll("r\\*+@", "masked@");
    }

    private static Answer signIn(Fapi browser, Person person, String... more) {
        usher.advance(Duration.ofSeconds(10));
        String[] form = new String[more.length + 2];
        form[0] = "identifier";
        form[1] = person.email();
        System.arraycopy(more, 0, form, 2, more.length);
        return browser.post("/v1/client/sign_ins", form);
    }

    private static int messages() {
        return usher.get("/_usher/inbox.json?limit=200").at("/total_count").asInt();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "strategy=email_code", "strategy=reset_password_email_code", "password=wrong password"})
    void knownAndUnknownPeopleAreAnsweredAlike(String field) {
        String[] more = field.isEmpty() ? new String[0] : field.split("=", 2);
        int before = messages();
        String known = body(signIn(usher.browser(), KNOWN, more), KNOWN);
        int sentToKnown = messages() - before;
        String unknown = body(signIn(usher.browser(), UNKNOWN, more), UNKNOWN);
        assertThat(unknown).isEqualTo(known);
        assertThat(messages() - before - sentToKnown).isEqualTo(sentToKnown);
    }

    @Test
    void aWrongCodeAndAWrongPasswordAreRefusedAlike() {
        for (Person person : List.of(KNOWN, UNKNOWN)) {
            Fapi browser = usher.browser();
            String path = "/v1/client/sign_ins/"
                    + Fapi.require(signIn(browser, person, "strategy", "email_code"))
                            .string("/response/id");
            assertThat(browser.post(path + "/attempt_first_factor", "strategy", "email_code", "code", "0000000"))
                    .isRefused(422, "form_code_incorrect", "code");
            assertThat(browser.post(
                            path + "/attempt_first_factor", "strategy", "password", "password", "wrong password"))
                    .isRefused(422, "form_password_or_identifier_incorrect");
        }
    }

    @Test
    void theRightPersonGetsInAllTheSame() {
        usher.advance(Duration.ofMinutes(1));
        assertThat(signIn(usher.browser(), KNOWN, "password", KNOWN.password()))
                .isOk()
                .has("/response/status", "complete");
        Fapi browser = usher.browser();
        String id =
                Fapi.require(signIn(browser, KNOWN, "strategy", "email_code")).string("/response/id");
        assertThat(browser.post(
                        "/v1/client/sign_ins/" + id + "/attempt_first_factor",
                        "strategy",
                        "email_code",
                        "code",
                        usher.codeFor(KNOWN)))
                .isOk()
                .has("/response/status", "complete");
    }

    @Test
    void wrongCodesForOneAddressTellNothingByAnotherOfTheSamePerson() {
        Person person = Person.withInbox();
        Person second = Person.withInbox();
        Fapi browser = usher.browser();
        browser.signUp(person);
        String added = "/v1/me/email_addresses/"
                + Fapi.require(browser.post("/v1/me/email_addresses", "email_address", second.email()))
                        .string("/response/id");
        Fapi.require(browser.post(added + "/prepare_verification", "strategy", "email_code"));
        usher.advance(Duration.ofSeconds(10));
        Fapi.require(browser.post(added + "/attempt_verification", "code", usher.codeFor(second)));
        Fapi one = usher.browser();
        Fapi other = usher.browser();
        Fapi nobodys = usher.browser();
        String first =
                Fapi.require(signIn(one, person, "strategy", "email_code")).string("/response/id");
        String next =
                Fapi.require(signIn(other, second, "strategy", "email_code")).string("/response/id");
        String nobody = Fapi.require(signIn(nobodys, Person.withInbox(), "strategy", "email_code"))
                .string("/response/id");
        List<String> answers = sixCodes(one, first, "000000x");
        assertThat(answers).startsWith("form_code_incorrect").endsWith("form_code_incorrect", "verification_failed");
        assertThat(sixCodes(other, next, usher.codeFor(second))).isEqualTo(answers);
        assertThat(sixCodes(nobodys, nobody, "000000x")).isEqualTo(answers);
    }

    /** At a pace that the limits of a source allow, within half a minute. */
    private static List<String> sixCodes(Fapi browser, String signIn, String code) {
        return IntStream.range(0, 6)
                .mapToObj(i -> {
                    usher.advance(Duration.ofSeconds(4));
                    return browser.post(
                                    "/v1/client/sign_ins/" + signIn + "/attempt_first_factor",
                                    "strategy",
                                    "email_code",
                                    "code",
                                    code)
                            .code();
                })
                .toList();
    }

    @Test
    void anAddressThatIsTakenIsToldToItsReaderAlone() {
        usher.advance(Duration.ofMinutes(1));
        Fapi browser = usher.browser();
        Answer begun =
                browser.post("/v1/client/sign_ups", "email_address", KNOWN.email(), "password", "another password");
        assertThat(begun).isOk().has("/response/status", "missing_requirements");
        String path = "/v1/client/sign_ups/" + begun.string("/response/id");
        Fapi.require(browser.post(path + "/prepare_verification", "strategy", "email_code"));
        assertThat(browser.post(path + "/attempt_verification", "strategy", "email_code", "code", usher.codeFor(KNOWN)))
                .isRefused(422, "form_identifier_exists", "email_address");
    }

    @Test
    void aSourceThatBeginsTooMuchIsTurnedAwayForAWhile() {
        usher.advance(Duration.ofMinutes(1));
        Fapi browser = usher.browser();
        Fapi.require(browser.post("/v1/client"));
        Person somebody = Person.fresh();
        for (int i = 0; i < 5; i++)
            assertThat(browser.post("/v1/client/sign_ins", "identifier", somebody.email()))
                    .isOk();
        Answer refused = browser.post("/v1/client/sign_ins", "identifier", somebody.email());
        assertThat(refused).isRefused(429, "too_many_requests");
        int wait = Integer.parseInt(refused.header("retry-after").orElseThrow());
        assertThat(wait).isBetween(1, 2);
        usher.advance(Duration.ofSeconds(wait));
        Answer again = browser.post("/v1/client/sign_ins", "identifier", somebody.email());
        assertThat(again).isOk();
        String path = "/v1/client/sign_ins/" + again.string("/response/id") + "/attempt_first_factor";
        for (int i = 0; i < 3; i++)
            assertThat(browser.post(path, "strategy", "password", "password", "wrong password"))
                    .isRefused(422, "form_password_or_identifier_incorrect");
        assertThat(browser.post(path, "strategy", "password", "password", "wrong password"))
                .isRefused(429, "too_many_requests");
    }
}
