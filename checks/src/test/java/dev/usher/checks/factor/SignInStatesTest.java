package dev.usher.checks.factor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call in every state of a sign-in, with its answer. */
class SignInStatesTest {
    private static final String NOT_SENT = "400 verification_not_sent";
    private static final String MISSING = "400 verification_missing";
    private static final String ALREADY = "400 verification_already_verified";
    private static final String GONE = "404 resource_not_found";
    /** The person has no phone number, so preparing it is refused where its turn has come. */
    private static final String LACKS = "400 strategy_for_user_invalid";

    private static final List<String> CALLS =
            List.of("prepare first", "attempt first", "prepare second", "attempt second", "reset password", "get");
    private static final List<List<String>> TABLE = List.of(
            List.of("needs_identifier", NOT_SENT, NOT_SENT, MISSING, MISSING, MISSING, "200 needs_identifier"),
            List.of(
                    "needs_first_factor",
                    "200 needs_first_factor",
                    "200 needs_second_factor",
                    MISSING,
                    MISSING,
                    MISSING,
                    "200 needs_first_factor"),
            List.of(
                    "needs_new_password",
                    ALREADY,
                    ALREADY,
                    MISSING,
                    MISSING,
                    "200 needs_second_factor",
                    "200 needs_new_password"),
            List.of("needs_second_factor", ALREADY, ALREADY, LACKS, "200 complete", ALREADY, "200 needs_second_factor"),
            List.of("complete", ALREADY, ALREADY, ALREADY, ALREADY, ALREADY, "200 complete"),
            List.of("abandoned", GONE, GONE, GONE, GONE, GONE, "200 abandoned"),
            List.of("unknown", GONE, GONE, GONE, GONE, GONE, GONE));

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private static Factored one;

    @BeforeAll
    static void somebodyHasASecondFactor() {
        one = new Factored(usher).withTotp();
    }

    static Stream<List<String>> pairs() {
        List<List<String>> pairs = new ArrayList<>();
        for (List<String> row : TABLE)
            for (int i = 0; i < CALLS.size(); i++) pairs.add(List.of(row.getFirst(), CALLS.get(i), row.get(i + 1)));
        return pairs.stream();
    }

    private final Fapi browser = usher.browser();

    private Answer post(String id, String step, String... form) {
        return browser.post("/v1/client/sign_ins/" + id + step, form);
    }

    private String begun(String... form) {
        return Fapi.require(browser.post("/v1/client/sign_ins", form)).string("/response/id");
    }

    /** A sign-in in the state. */
    private String in(String state) {
        String email = one.person.email();
        return switch (state) {
            case "needs_identifier" -> begun();
            case "needs_first_factor" -> begun("identifier", email);
            case "needs_new_password" -> {
                String id = begun("identifier", email, "strategy", "reset_password_email_code");
                Fapi.require(
                        post(id, "/attempt_first_factor", "strategy", "reset_password_email_code", "code", "424242"));
                yield id;
            }
            case "needs_second_factor" -> begun("identifier", email, "password", one.person.password());
            case "complete" -> {
                String id = in("needs_second_factor");
                Fapi.require(call(id, "attempt second"));
                yield id;
            }
            case "abandoned" -> {
                String id = begun("identifier", email);
                usher.advance(Duration.ofHours(24));
                yield id;
            }
            case "unknown" -> {
                Fapi.require(browser.post("/v1/client"));
                yield "sia_unknown";
            }
            default -> throw new IllegalArgumentException(state);
        };
    }

    private Answer call(String id, String name) {
        return switch (name) {
            case "prepare first" -> post(id, "/prepare_first_factor", "strategy", "email_code");
            case "attempt first" ->
                post(id, "/attempt_first_factor", "strategy", "password", "password", one.person.password());
            case "prepare second" -> post(id, "/prepare_second_factor", "strategy", "phone_code");
            case "attempt second" -> post(id, "/attempt_second_factor", "strategy", "totp", "code", one.totp());
            case "reset password" -> post(id, "/reset_password", "password", "correct horse battery");
            case "get" -> browser.get("/v1/client/sign_ins/" + id);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void hasItsAnswer(List<String> pair) {
        one.nextStep();
        Answer answer = call(in(pair.get(0)), pair.get(1));
        String outcome = answer.status() == 200
                ? "200 " + answer.string("/response/status")
                : answer.status() + " " + answer.code();
        assertThat(outcome).isEqualTo(pair.get(2));
    }
}
