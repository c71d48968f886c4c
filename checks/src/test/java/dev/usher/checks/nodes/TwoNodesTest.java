package dev.usher.checks.nodes;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Crowd;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Nodes;
import dev.usher.checks.harness.Person;
import dev.usher.testing.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Two nodes are one server: what one has acknowledged holds on the other at once. */
class TwoNodesTest {
    private static final String TWO_SESSIONS = """
            instance:
              single-session-mode: false
            """;

    private static Nodes nodes;

    @BeforeAll
    static void start() {
        PostgresServer server = PostgresServer.shared();
        nodes = Nodes.start(2, server.url(server.newDatabase()), TWO_SESSIONS);
    }

    @AfterAll
    static void stop() {
        nodes.close();
        nodes.assertClean();
    }

    private static Fapi browser(int node) {
        return nodes.node(node).browser();
    }

    @Test
    void nodesThatStartedTogetherHaveTheSameKeys() {
        for (String key : List.of("CLERK_PUBLISHABLE_KEY", "CLERK_SECRET_KEY", "CLERK_JWT_KEY"))
            assertThat(nodes.node(0).process().key(key))
                    .isEqualTo(nodes.node(1).process().key(key));
        assertThat(nodes.node(0).get("/.well-known/jwks.json").text())
                .isEqualTo(nodes.node(1).get("/.well-known/jwks.json").text());
    }

    @Test
    void whatOneNodeMakesTheOtherKnows() {
        Fapi browser = browser(0);
        String session = browser.signUp(Person.fresh());
        Fapi elsewhere = browser.at(nodes.node(1));
        assertThat(elsewhere.sessions()).containsExactly(session);
        assertThat(elsewhere.mint(session)).isOk();
    }

    @Test
    void aSignInMayChangeNodesBetweenItsSteps() {
        Person person = Person.fresh();
        browser(0).signUp(person);
        Fapi begins = browser(1);
        String id = Fapi.require(
                        begins.post("/v1/client/sign_ins", "identifier", person.email(), "strategy", "email_code"))
                .string("/response/id");
        Fapi ends = begins.at(nodes.node(0));
        assertThat(ends.post(
                        "/v1/client/sign_ins/" + id + "/attempt_first_factor",
                        "strategy",
                        "email_code",
                        "code",
                        "424242"))
                .isOk();
    }

    @RepeatedTest(10)
    void aCodeOpensOneSessionHoweverManyNodesAreAsked() {
        Person person = Person.fresh();
        browser(0).signUp(person);
        Fapi browser = browser(0);
        String id = Fapi.require(
                        browser.post("/v1/client/sign_ins", "identifier", person.email(), "strategy", "email_code"))
                .string("/response/id");
        List<Answer> answers = Crowd.of(16, i -> {
            Fapi one = browser.at(nodes.node(i));
            return () -> one.post(
                    "/v1/client/sign_ins/" + id + "/attempt_first_factor", "strategy", "email_code", "code", "424242");
        });
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers).noneMatch(answer -> answer.status() >= 500);
    }

    @RepeatedTest(5)
    void anAddressBecomesOneAccountHoweverManyNodesAreAsked() {
        Person person = Person.fresh();
        List<Fapi> browsers = Crowd.of(8, i -> () -> browser(i));
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
        List<Answer> answers = Crowd.of(
                8,
                i -> () -> browsers.get(i)
                        .post(
                                "/v1/client/sign_ups/" + ids.get(i) + "/attempt_verification",
                                "strategy",
                                "email_code",
                                "code",
                                "424242"));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers).noneMatch(answer -> answer.status() >= 500);
    }

    @Test
    void oneNodeIsKilledAndTheOtherGoesOn() {
        List<Fapi> browsers = Crowd.of(20, i -> () -> browser(0));
        List<String> sessions =
                browsers.stream().map(browser -> browser.signUp(Person.fresh())).toList();
        nodes.node(0).process().kill();
        List<Answer> answers =
                Crowd.of(20, i -> () -> browsers.get(i).at(nodes.node(1)).mint(sessions.get(i)));
        assertThat(answers).allMatch(answer -> answer.status() == 200);
        nodes.node(0).process().restart();
        assertThat(browsers.getFirst().mint(sessions.getFirst())).isOk();
    }
}
