package dev.usher.checks.factor;

import dev.usher.checks.harness.Contest;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Otp;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is good once is good for one of sixteen who use it together, each in a sign-in or on a route of its own. */
class OnceTest {
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
        browsers = Contest.browsers(usher);
        waiting = new ArrayList<>(browsers.stream().map(OnceTest::waiting).toList());
    }

    private static String waiting(Fapi browser) {
        return Fapi.require(Factored.signIn(browser, one.person)).string("/response/id");
    }

    /** Lets all of them bring the same code; the one who gets in begins anew. */
    private static void round(String strategy, String code) {
        int winner = Contest.winner(
                Contest::isRefused,
                i -> () -> browsers.get(i)
                        .post(
                                "/v1/client/sign_ins/" + waiting.get(i) + "/attempt_second_factor",
                                "strategy",
                                strategy,
                                "code",
                                code));
        Fapi.require(browsers.get(winner).delete("/v1/client/sessions"));
        waiting.set(winner, waiting(browsers.get(winner)));
    }

    private static List<Fapi> copies(Fapi browser) {
        return IntStream.range(0, Contest.PARALLEL)
                .mapToObj(i -> browser.copy())
                .toList();
    }

    /** Those who lost in the test before count as wrong, and that wears off. */
    private static void rounds(int usually, Runnable round) {
        usher.advance(Duration.ofSeconds(30));
        Contest.rounds(usually, round);
    }

    @Test
    void aTotpStep() {
        rounds(50, () -> {
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
        rounds(5, () -> {
            if (codes.isEmpty()) codes.addAll(fresh.get());
            usher.advance(Duration.ofSeconds(30));
            round("backup_code", codes.removeFirst());
        });
    }

    @Test
    void aCodeOfAReverification() {
        rounds(50, () -> {
            Fapi.require(one.start("first_factor"));
            Fapi.require(one.verify("/prepare_first_factor", "strategy", "email_code"));
            List<Fapi> copies = copies(one.browser);
            String attempt = "/v1/client/sessions/" + one.session + "/verify/attempt_first_factor";
            int winner = Contest.winner(
                    Contest::isRefused,
                    i -> () -> copies.get(i).post(attempt, "strategy", "email_code", "code", "424242"));
            one.browser = copies.get(winner);
            usher.advance(Duration.ofSeconds(30));
        });
    }

    /** All on one client: who comes after the winner shows a secret that was rotated. */
    @Test
    void aCodeOfASignIn() {
        Person member = Person.fresh();
        usher.browser().signUp(member);
        rounds(20, () -> {
            Fapi browser = usher.browser();
            String signIn = Fapi.require(
                            browser.post("/v1/client/sign_ins", "identifier", member.email(), "strategy", "email_code"))
                    .string("/response/id");
            List<Fapi> copies = copies(browser);
            String attempt = "/v1/client/sign_ins/" + signIn + "/attempt_first_factor";
            Contest.winner(
                    answer -> Contest.isRefused(answer) || answer.code().equals("signed_out"),
                    i -> () -> copies.get(i).post(attempt, "strategy", "email_code", "code", "424242"));
            usher.advance(Duration.ofSeconds(30));
        });
    }

    /** Fewer rounds: each makes backup codes for all sixteen. */
    @Test
    void anEnrolmentsCode() {
        Contest.rounds(1, 50, () -> {
            Factored fresh = new Factored(usher);
            var otp = new Otp(Fapi.require(fresh.browser.post("/v1/me/totp")).string("/response/secret"));
            String code = otp.at(usher.now());
            List<Fapi> copies = copies(fresh.browser);
            Contest.winner(
                    Contest::isRefused,
                    i -> () -> copies.get(i).post("/v1/me/totp/attempt_verification", "code", code));
        });
    }
}
