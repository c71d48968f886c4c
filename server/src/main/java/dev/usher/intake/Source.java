package dev.usher.intake;

import java.util.Iterator;

/** The records of a file, one after the other; {@code next} throws {@link BrokenFile} where the file cannot be read on. */
interface Source extends Iterator<Entry>, AutoCloseable {
    /** Goes past so many records without looking at them. */
    void skip(long records);

    @Override
    void close();
}
