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
     * @param totpSecret base32
     * @param leftOut what the file says of the user and this server does not keep
     */
    record Readable(
            long line, Optional<String> userId, ImportedUser user, Optional<String> totpSecret, Set<String> leftOut)
            implements Entry {
        /** Never the secret. */
        @Override
        public String toString() {
            return "Readable[" + line + "]";
        }
    }

    /** A record that is no user, or one with something wrong. */
    record Refused(long line, Optional<String> userId, String reason) implements Entry {}
}
