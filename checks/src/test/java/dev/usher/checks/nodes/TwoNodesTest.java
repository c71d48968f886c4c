package dev.usher.checks.nodes;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Crowd;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.testing.PostgresServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Two nodes are one server: what one has acknowledged holds on the other at once. */
class TwoNodesTest {
    private static final int MINTERS = 8;
    private static final int CLOSINGS =
            Integer.getInteger("usher.closings", Boolean.getBoolean("usher.assault") ? 20_000 : 40);
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

    /** Signs in by a code, each step on another node. */
    private static String signIn(Fapi browser, Person person) {
        String id = Fapi.require(
                        browser.post("/v1/client/sign_ins", "identifier", person.email(), "strategy", "email_code"))
                .string("/response/id");
        return Fapi.require(browser.post(
                        "/v1/client/sign_ins/" + id + "/attempt_first_factor",
                        "strategy",
                        "email_code",
                        "code",
                        "424242"))
                .string("/response/created_session_id");
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

    /** How a session comes to its end, and on which client that is done. */
    private enum Closing {
        END {
            @Override
            void close(Fapi own, Fapi other, String session) {
                Fapi.require(own.session(session, "end"));
            }
        },
        REMOVE {
            @Override
            void close(Fapi own, Fapi other, String session) {
                Fapi.require(own.session(session, "remove"));
            }
        },
        REMOVE_ALL {
            @Override
            void close(Fapi own, Fapi other, String session) {
                Fapi.require(own.delete("/v1/client/sessions"));
            }
        },
        REVOKE {
            @Override
            void close(Fapi own, Fapi other, String session) {
                Fapi.require(other.post("/v1/me/sessions/" + session + "/revoke"));
            }
        },
        DELETE_USER {
            @Override
            void close(Fapi own, Fapi other, String session) {
                Fapi.require(other.delete("/v1/me"));
            }
        };

        /** Returns when the closing was acknowledged. */
        abstract void close(Fapi own, Fapi other, String session);
    }

    @Test
    void nothingIsMintedOnAnyNodeOnceAClosingWasAcknowledged() {
        Closing[] kinds = Closing.values();
        for (int i = 0; i < CLOSINGS; i++) isObeyed(kinds[i % kinds.length], i);
    }

    private static void isObeyed(Closing closing, int round) {
        Person person = Person.fresh();
        Fapi other = browser(round);
        other.signUp(person);
        Fapi own = browser(round + 1);
        String session = signIn(own, person);
        AtomicLong acknowledged = new AtomicLong(Long.MAX_VALUE);
        List<Long> lastSuccesses = Crowd.of(MINTERS + 1, i -> {
            Fapi minter = own.at(nodes.node(i));
            if (i > 0) return () -> lastSuccess(minter, session);
            return () -> {
                closing.close(own.copy(), other, session);
                acknowledged.set(System.nanoTime());
                return Long.MIN_VALUE;
            };
        });
        assertThat(lastSuccesses).as("%s in round %d", closing, round).allMatch(sent -> sent < acknowledged.get());
    }

    /** Mints until refused; tells when the last token was asked for that was still given. */
    private static long lastSuccess(Fapi browser, String session) {
        long last = Long.MIN_VALUE;
        while (true) {
            long sent = System.nanoTime();
            Answer answer = browser.mint(session);
            if (answer.status() != 200) {
                assertThat(answer.status()).as(answer.toString()).isIn(401, 404);
                return last;
            }
            last = sent;
        }
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
