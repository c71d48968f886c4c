package dev.usher.checks.hostile;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Thousands of generated requests: none is answered with a 5xx or slowly, and a bystander notices nothing. */
class MischiefTest {
    private static final int REQUESTS = Integer.getInteger("usher.mischief", 3000);
    private static final long SEED = Long.getLong("usher.seed", 20261124L);
    private static final Duration SLOWEST = Duration.ofSeconds(5);

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              single-session-mode: false
            """);

    private final Fapi bystander = usher.browser();
    private final Person person = Person.fresh();

    @Test
    void generatedRequestsAreRefusedProperlyAndTouchNobodyElse() throws IOException {
        String session = bystander.signUp(person);
        Fapi mischiefMaker = usher.browser();
        String own = mischiefMaker.signUp(Person.fresh());
        Mischief mischief = new Mischief(seeded(), ids(session, own), credentials(mischiefMaker, session));
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) statuses.add(sent(mischief.next(), i).status());
        assertThat(statuses).as("seed %d reaches past the edge", SEED).contains(200, 400, 401, 404, 415, 422);
        assertThat(bystander.sessions()).containsExactly(session);
        assertThat(bystander.mint(session)).isOk();
        assertThat(bystander.get("/v1/me")).has("/response/first_name", "null").has("/response/last_name", "null");
    }

    private static RandomGenerator seeded() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    }

    /** Ids that exist and ids that do not, of the bystander and of the one who makes the mischief. */
    private List<String> ids(String session, String own) {
        Fapi signingIn = usher.browser();
        String signIn = Fapi.require(signingIn.post("/v1/client/sign_ins", "identifier", person.email()))
                .string("/response/id");
        Fapi signingUp = usher.browser();
        String signUp = Fapi.require(signingUp.post(
                        "/v1/client/sign_ups", "email_address", Person.fresh().email()))
                .string("/response/id");
        return List.of(session, own, signIn, signUp, "sess_2xAAAAAAAAAAAAAAAAAAAAAAAAA", "sia_1", "sua_1");
    }

    private static List<String> credentials(Fapi mischiefMaker, String session) {
        String token = Fapi.require(mischiefMaker.mint(mischiefMaker.sessions().getFirst()))
                .string("/jwt");
        String credential = mischiefMaker.credential();
        return List.of(
                credential,
                credential,
                credential.substring(0, credential.length() / 2),
                token,
                session,
                "x",
                "sk_test_x",
                "");
    }

    private static Answer sent(Call call, int index) throws IOException {
        long started = System.nanoTime();
        Answer answer = usher.send(call);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        String what = "request " + index + " of seed " + SEED + ": " + call + " " + new String(call.body());
        assertThat(answer.status()).as("%s -> %s", what, answer).isLessThan(500);
        assertThat(took).as(what).isLessThan(SLOWEST);
        return answer;
    }
}
