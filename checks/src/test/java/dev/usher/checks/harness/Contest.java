package dev.usher.checks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Sixteen who use at the same time what is good once: exactly one may get what it is good for. */
public final class Contest {
    public static final int PARALLEL = 16;
    private static final boolean ASSAULT = Boolean.getBoolean("usher.assault");
    private static final int LONG = 500;

    private Contest() {}

    /** Holds so many contests, or 500 of them under assault. */
    public static void rounds(int usually, Runnable contest) {
        rounds(usually, LONG, contest);
    }

    /** Holds so many contests, or so many of them under assault. */
    public static void rounds(int usually, int underAssault, Runnable contest) {
        int rounds = ASSAULT ? underAssault : usually;
        for (int i = 0; i < rounds; i++) contest.run();
    }

    /** Lets all go at once and returns who won; whoever lost must have been refused as given. */
    public static int winner(Predicate<Answer> refused, IntFunction<Callable<Answer>> caller) {
        List<Answer> answers = Crowd.of(PARALLEL, caller);
        int[] winners = IntStream.range(0, PARALLEL)
                .filter(i -> answers.get(i).status() == 200)
                .toArray();
        assertThat(winners).as(answers::toString).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() != 200).allMatch(refused);
        return winners[0];
    }

    /** Refused with a status of the caller's making, not with trouble of the server. */
    public static boolean isRefused(Answer answer) {
        return List.of(400, 404, 422).contains(answer.status());
    }

    /** Refused with this code. */
    public static Predicate<Answer> with(String code) {
        return answer -> answer.code().equals(code);
    }

    /** As many browsers as take part, each with a client. */
    public static List<Fapi> browsers(RunningUsher usher) {
        return Crowd.of(PARALLEL, i -> () -> {
            Fapi browser = usher.browser();
            Fapi.require(browser.post("/v1/client"));
            return browser;
        });
    }
}
