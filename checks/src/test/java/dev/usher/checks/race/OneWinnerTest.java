package dev.usher.checks.race;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Crowd;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is good once is good for exactly one of many who try together. */
class OneWinnerTest {
    private static final int PARALLEL = 16;
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 404, 422);

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.onDisk("""
            instance:
              email-addresses: {methods: [code, link]}
            """);

    private static final Person MEMBER = Person.fresh();

    @BeforeAll
    static void somebodyHasAnAccount() {
        usher.browser().signUp(MEMBER);
    }

    private static void hasOneWinner(List<Answer> answers) {
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allMatch(answer -> REFUSALS.contains(answer.status()));
    }

    @RepeatedTest(50)
    void aCodeOpensOneSession() {
        Fapi browser = usher.browser();
        String id = Fapi.require(
                        browser.post("/v1/client/sign_ins", "identifier", MEMBER.email(), "strategy", "email_code"))
                .string("/response/id");
        List<Answer> answers = Crowd.of(PARALLEL, i -> {
            Fapi one = browser.copy();
            return () -> one.post(
                    "/v1/client/sign_ins/" + id + "/attempt_first_factor", "strategy", "email_code", "code", "424242");
        });
        hasOneWinner(answers);
    }

    @RepeatedTest(5)
    void aLinkOpensOneSession() {
        Person reader = Person.withInbox();
        usher.browser().signUp(reader);
        Fapi browser = usher.browser();
        String page = Fapi.ORIGIN + "/verify";
        String form = "identifier|" + reader.email() + "|strategy|email_link|redirect_url|" + page;
        String id = Fapi.require(browser.post("/v1/client/sign_ins", form.split("\\|", -1)))
                .string("/response/id");
        String link = usher.linkFor(reader);
        Fapi shared = browser.copy();
        List<Answer> answers = Crowd.of(PARALLEL, i -> {
            Fapi one = i == 0 ? browser : shared.copy();
            return () -> one.get(link);
        });
        assertThat(answers).allMatch(answer -> answer.status() == 303);
        List<String> ends = answers.stream()
                .map(answer -> answer.header("location").orElseThrow())
                .toList();
        assertThat(ends)
                .filteredOn(end -> end.startsWith(page + "?__clerk_status=verified&__clerk_created_session=sess_"))
                .hasSize(1);
        assertThat(ends)
                .filteredOn(end -> end.equals(page + "?__clerk_status=failed"))
                .hasSize(PARALLEL - 1);
        List<String> cookies = answers.stream()
                .flatMap(answer -> answer.headers("set-cookie").stream())
                .filter(cookie -> cookie.startsWith("__client="))
                .toList();
        assertThat(cookies).hasSize(1);
        Fapi signedIn = browser.credential(cookies.getFirst().substring(9).split(";", 2)[0]);
        assertThat(signedIn.sessions()).hasSize(1);
        assertThat(signedIn.get("/v1/client/sign_ins/" + id)).isOk().has("/response/status", "complete");
    }

    @RepeatedTest(10)
    void aCodeMakesOneAccount() {
        Fapi browser = usher.browser();
        Person person = Person.fresh();
        String id = Fapi.require(browser.post(
                        "/v1/client/sign_ups", "email_address", person.email(), "password", person.password()))
                .string("/response/id");
        Fapi.require(browser.post("/v1/client/sign_ups/" + id + "/prepare_verification", "strategy", "email_code"));
        List<Answer> answers = Crowd.of(PARALLEL, i -> {
            Fapi one = browser.copy();
            return () -> one.post(
                    "/v1/client/sign_ups/" + id + "/attempt_verification", "strategy", "email_code", "code", "424242");
        });
        hasOneWinner(answers);
        assertThat(usher.browser().signIn(person)).isNotEmpty();
    }

    @RepeatedTest(5)
    void anAddressBecomesOneAccountOnManyClients() {
        Person person = Person.fresh();
        List<Fapi> browsers = Crowd.of(8, i -> usher::browser);
        List<String> ids = browsers.stream()
                .map(browser -> {
                    String id = Fapi.require(browser.post(
                                    "/v1/client/sign_ups",
                                    "email_address",
                                    person.email(),
                                    "password",
                                    person.password()))
                            .string("/response/id");
                    Fapi.require(browser.post(
                            "/v1/client/sign_ups/" + id + "/prepare_verification", "strategy", "email_code"));
                    return id;
                })
                .toList();
        hasOneWinner(Crowd.of(
                8,
                i -> () -> browsers.get(i)
                        .post(
                                "/v1/client/sign_ups/" + ids.get(i) + "/attempt_verification",
                                "strategy",
                                "email_code",
                                "code",
                                "424242")));
    }

    @RepeatedTest(3)
    void aClientWithRoomForOneSessionHasOne() {
        Fapi browser = usher.browser();
        Fapi.require(browser.post("/v1/client"));
        List<Answer> answers = Crowd.of(PARALLEL, i -> {
            Fapi one = browser.copy();
            return () -> one.post("/v1/client/sign_ins", "identifier", MEMBER.email(), "password", MEMBER.password());
        });
        hasOneWinner(answers);
    }

    @RepeatedTest(10)
    void aSessionIsClosedOnce() {
        Fapi browser = usher.browser();
        String session = browser.signInByCode(MEMBER);
        String[] actions = {"end", "remove"};
        List<Answer> answers = Crowd.of(PARALLEL, i -> {
            Fapi one = browser.copy();
            return () -> one.session(session, actions[i % 2]);
        });
        long ended = answers.stream()
                .filter(answer -> answer.status() == 200
                        && answer.string("/response/status").equals("ended"))
                .count();
        long removed = answers.stream()
                .filter(answer -> answer.status() == 200
                        && answer.string("/response/status").equals("removed"))
                .count();
        // An ended session may still be removed, so that both can win once, and removing wins at last.
        assertThat(removed).isEqualTo(1);
        assertThat(ended).isLessThanOrEqualTo(1);
        assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 400);
        assertThat(browser.get("/v1/client/sessions/" + session)).has("/response/status", "removed");
    }

    @RepeatedTest(3)
    void organizationsOfOneNameAreAllMadeWhereTheSlugIsLeftToTheServer() {
        Fapi browser = usher.browser();
        browser.signInByCode(MEMBER);
        List<Answer> answers = Crowd.of(PARALLEL, i -> {
            Fapi one = browser.copy();
            return () -> one.post("/v1/organizations", "name", "Acme");
        });
        assertThat(answers).allMatch(answer -> answer.status() == 200);
    }

    @Test
    void ofAThousandWrongCodesAtMostFiveAreLookedAt() {
        Person person = Person.fresh();
        usher.browser().signUp(person);
        Fapi browser = usher.browser();
        String id = Fapi.require(
                        browser.post("/v1/client/sign_ins", "identifier", person.email(), "strategy", "email_code"))
                .string("/response/id");
        List<Answer> answers = Crowd.of(1000, i -> {
            Fapi one = browser.copy();
            String code = String.format("%06d", i);
            return () -> one.post(
                    "/v1/client/sign_ins/" + id + "/attempt_first_factor", "strategy", "email_code", "code", code);
        });
        assertThat(answers)
                .filteredOn(answer -> answer.code().equals("form_code_incorrect"))
                .hasSize(5);
        assertThat(answers)
                .filteredOn(answer -> answer.code().equals("verification_failed"))
                .hasSize(995);
        assertThat(browser.post(
                        "/v1/client/sign_ins/" + id + "/attempt_first_factor",
                        "strategy",
                        "email_code",
                        "code",
                        "424242"))
                .isRefused(400, "verification_failed");
    }
}
