package dev.usher.checks.factor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Crowd;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Otp;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is good once is good for one of sixteen who use it together, each in a sign-in or on a route of its own. */
class OnceTest {
    private static final int PARALLEL = 16;
    private static final boolean ASSAULT = Boolean.getBoolean("usher.assault");
    private static final Set<Integer> REFUSALS = Set.of(400, 404, 422);

    /** Without a lock, so that the losers of one round do not end the next. */
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.onDisk("""
            instance:
              lockout:
                enabled: false
            """);

    private static Factored one;
    private static List<Fapi> browsers;
    private static List<String> waiting;

    @BeforeAll
    static void sixteenSignInsWaitForTheSecondFactor() {
        one = new Factored(usher).withTotp();
        browsers = IntStream.range(0, PARALLEL).mapToObj(i -> usher.browser()).toList();
        waiting = new ArrayList<>(browsers.stream().map(OnceTest::waiting).toList());
    }

    private static String waiting(Fapi browser) {
        return Fapi.require(Factored.signIn(browser, one.person)).string("/response/id");
    }

    /** Lets all of them bring the same code; the one who gets in begins anew. */
    private static void round(String strategy, String code) {
        List<Answer> answers = Crowd.of(
                PARALLEL,
                i -> () -> browsers.get(i)
                        .post(
                                "/v1/client/sign_ins/" + waiting.get(i) + "/attempt_second_factor",
                                "strategy",
                                strategy,
                                "code",
                                code));
        hasOneWinner(answers);
        for (int i = 0; i < PARALLEL; i++)
            if (answers.get(i).status() == 200) {
                Fapi.require(browsers.get(i).delete("/v1/client/sessions"));
                waiting.set(i, waiting(browsers.get(i)));
            }
    }

    private static void hasOneWinner(List<Answer> answers) {
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allMatch(answer -> REFUSALS.contains(answer.status()));
    }

    /** Those who lost in the test before count as wrong, and that wears off. */
    private static void rounds(int atMerge, int assault, Runnable round) {
        usher.advance(Duration.ofSeconds(30));
        for (int i = 0; i < (ASSAULT ? assault : atMerge); i++) round.run();
    }

    @Test
    void aTotpStep() {
        rounds(50, 500, () -> {
            one.nextStep();
            round("totp", one.totp());
        });
    }

    @Test
    void aBackupCode() {
        Supplier<List<String>> fresh = () -> {
            Fapi.require(one.start("second_factor"));
            one.nextStep();
            Fapi.require(one.verify("/attempt_second_factor", "strategy", "totp", "code", one.totp()));
            List<String> codes = new ArrayList<>();
            Fapi.require(one.browser.post("/v1/me/backup_codes"))
                    .at("/response/codes")
                    .forEach(code -> codes.add(code.asString()));
            return codes;
        };
        List<String> codes = new ArrayList<>();
        rounds(5, 500, () -> {
            if (codes.isEmpty()) codes.addAll(fresh.get());
            usher.advance(Duration.ofSeconds(30));
            round("backup_code", codes.removeFirst());
        });
    }

    @Test
    void aCodeOfAReverification() {
        rounds(50, 500, () -> {
            Fapi.require(one.start("first_factor"));
            Fapi.require(one.verify("/prepare_first_factor", "strategy", "email_code"));
            List<Fapi> copies = IntStream.range(0, PARALLEL)
                    .mapToObj(i -> one.browser.copy())
                    .toList();
            List<Answer> answers = Crowd.of(
                    PARALLEL,
                    i -> () -> copies.get(i)
                            .post(
                                    "/v1/client/sessions/" + one.session + "/verify/attempt_first_factor",
                                    "strategy",
                                    "email_code",
                                    "code",
                                    "424242"));
            hasOneWinner(answers);
            int winner = IntStream.range(0, PARALLEL)
                    .filter(i -> answers.get(i).status() == 200)
                    .findFirst()
                    .orElseThrow();
            one.browser = copies.get(winner);
            usher.advance(Duration.ofSeconds(30));
        });
    }

    @Test
    void anEnrolmentsCode() {
        rounds(1, 50, () -> {
            Factored fresh = new Factored(usher);
            var otp = new Otp(Fapi.require(fresh.browser.post("/v1/me/totp")).string("/response/secret"));
            String code = otp.at(usher.now());
            hasOneWinner(Crowd.of(PARALLEL, i -> {
                Fapi browser = fresh.browser.copy();
                return () -> browser.post("/v1/me/totp/attempt_verification", "code", code);
            }));
        });
    }
}
