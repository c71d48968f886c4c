package dev.usher.checks.harness;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/**
 * Where the server leaves the published documents on purpose, each with its reason. One that excuses nothing any longer has to
 * go, so every use is counted.
 */
public final class Deviations {
    private static final Deviations LISTED = new Deviations(Resources.lines("deviations.tsv"));

    /** One line of the list. */
    private record Deviation(String line, Pattern operation, Pattern path, String keyword, LongAdder uses) {
        static Deviation of(String line) {
            String[] columns = line.split("\t", -1);
            if (columns.length != 4 || columns[3].isBlank())
                throw new IllegalArgumentException("operation, path, keyword and reason wanted: " + line);
            return new Deviation(line, glob(columns[0]), glob(columns[1]), columns[2], new LongAdder());
        }

        /** {@code **} stands for anything; all else for itself, since {@code *} is an index in paths. */
        private static Pattern glob(String text) {
            StringBuilder regex = new StringBuilder();
            for (String piece : text.split("((?<=\\*\\*)|(?=\\*\\*))"))
                regex.append(piece.equals("**") ? ".*" : Pattern.quote(piece));
            return Pattern.compile(regex.toString());
        }

        boolean excuses(Finding finding) {
            return keyword.equals(finding.keyword())
                    && operation.matcher(finding.operation()).matches()
                    && path.matcher(finding.path()).matches();
        }
    }

    private final List<Deviation> all;

    Deviations(List<String> lines) {
        this.all = lines.stream().map(Deviation::of).toList();
    }

    public static Deviations listed() {
        return LISTED;
    }

    /** Whether the list has a reason for a finding; notes the use. */
    boolean excuse(Finding finding) {
        Optional<Deviation> reason =
                all.stream().filter(one -> one.excuses(finding)).findFirst();
        reason.ifPresent(one -> one.uses().increment());
        return reason.isPresent();
    }

    /** Lines that have excused nothing so far. */
    public List<String> unused() {
        return all.stream()
                .filter(one -> one.uses().sum() == 0)
                .map(Deviation::line)
                .toList();
    }

    /** Whether any finding was excused, which tells a whole run from one of a single class. */
    public boolean areInUse() {
        return all.stream().anyMatch(one -> one.uses().sum() > 0);
    }
}
