package dev.usher.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some records of a file.
 *
 * @param broken why the file cannot be read on after them
 */
record Batch(List<Entry> entries, boolean isLast, Optional<String> broken) {
    static Batch next(Source source, int size) {
        List<Entry> entries = new ArrayList<>(size);
        try {
            while (entries.size() < size && source.hasNext()) entries.add(source.next());
            return new Batch(entries, entries.size() < size, Optional.empty());
        } catch (BrokenFile e) {
            return new Batch(entries, true, Optional.of(String.valueOf(e.getMessage())));
        }
    }
}
