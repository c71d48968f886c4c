package dev.usher.delivery;

import java.time.Instant;
import java.util.Optional;

/**
 * An e-mail to be sent.
 *
 * @param code the one-time code inside, if there is one, for the inbox page of a development instance
 * @param notAfter it is not sent any more from this instant on
 */
public record Message(String recipient, String subject, String body, Optional<String> code, Instant notAfter) {
    /** Never the body. */
    @Override
    public String toString() {
        return "Message[]";
    }
}
