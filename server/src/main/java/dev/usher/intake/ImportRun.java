package dev.usher.intake;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far an import has come.
 *
 * @param records read from the file, whatever became of them
 * @param present users who were here already
 * @param leftOut for what this server does not keep: how many users had it
 */
public record ImportRun(
        String id,
        long records,
        long added,
        long present,
        long refused,
        Map<String, Long> leftOut,
        Optional<Instant> finishedAt) {

    static ImportRun started(String id) {
        return new ImportRun(id, 0, 0, 0, 0, Map.of(), Optional.empty());
    }

    ImportRun plus(long moreAdded, long morePresent, long moreRefused, Map<String, Long> moreLeftOut) {
        Map<String, Long> all = new TreeMap<>(leftOut);
        moreLeftOut.forEach((what, count) -> all.merge(what, count, Long::sum));
        return new ImportRun(
                id,
                records + moreAdded + morePresent + moreRefused,
                added + moreAdded,
                present + morePresent,
                refused + moreRefused,
                all,
                Optional.empty());
    }

    /** A record that was refused. */
    public record Refused(long record, long line, Optional<String> userId, String reason) {}
}
