package dev.usher.checks.harness;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Sees every answer of a suite and keeps what is wrong with it. A suite with a violation fails. */
public final class Witness {
    private static final int MOST_KINDS = 40;

    private final Contract contract;
    private final Deviations deviations;
    private final LongAdder seen = new LongAdder();
    /** The first example of each kind, so that a thousand equal violations read as one. */
    private final Map<String, String> violations = new ConcurrentSkipListMap<>();

    public Witness() {
        this(Contract.published(), Deviations.listed());
    }

    Witness(Contract contract, Deviations deviations) {
        this.contract = contract;
        this.deviations = deviations;
    }

    public void saw(Call call, Answer answer) {
        seen.increment();
        for (String fault : Lint.faults(call, answer)) note(call, answer, call.verb() + " " + fault);
        for (Finding finding : contract.judge(call, answer))
            if (!deviations.excuse(finding))
                note(call, answer, finding.operation() + "\t" + finding.path() + "\t" + finding.keyword());
    }

    private void note(Call call, Answer answer, String kind) {
        if (violations.size() < MOST_KINDS) violations.putIfAbsent(kind, shortened(call + " -> " + answer));
    }

    private static String shortened(String text) {
        return text.length() > 600 ? text.substring(0, 600) + "…" : text;
    }

    public long seen() {
        return seen.sum();
    }

    public List<String> violations() {
        return violations.entrySet().stream()
                .map(entry -> entry.getKey() + "\n      " + entry.getValue())
                .toList();
    }

    /** Fails when anything was wrong. */
    public void assertClean() {
        if (!violations.isEmpty())
            throw new AssertionError(violations.size() + " kinds of answers break the published contract (of " + seen()
                    + " answers):\n  - " + String.join("\n  - ", violations()));
    }
}
