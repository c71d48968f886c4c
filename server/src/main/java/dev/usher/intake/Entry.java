package dev.usher.intake;

import dev.usher.user.ImportedUser;
import java.util.Optional;
import java.util.Set;

/** One record of a file. */
sealed interface Entry {
    /** The line on which the record begins. */
    long line();

    /** The id that the user had. */
    Optional<String> userId();

    /**
     * A user that can be taken in.
     *
     * @param leftOut what the file says of the user and this server does not keep
     */
    record Readable(long line, Optional<String> userId, ImportedUser user, Set<String> leftOut) implements Entry {}

    /** A record that is no user, or one with something wrong. */
    record Refused(long line, Optional<String> userId, String reason) implements Entry {}
}
