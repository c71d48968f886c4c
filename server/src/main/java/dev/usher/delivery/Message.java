package dev.usher.delivery;

import java.time.Instant;
import java.util.Optional;

/**
 * A message to be sent.
 *
 * @param subject empty where the channel has none
 * @param code the one-time code inside, if there is one, for the inbox page of a development instance
 * @param link the link inside that proves something, likewise
 * @param notAfter it is not sent any more from this instant on
 */
public record Message(
        Channel channel,
        String recipient,
        String subject,
        String body,
        Optional<String> code,
        Optional<String> link,
        Instant notAfter) {
    /** One without a link. */
    public Message(
            Channel channel, String recipient, String subject, String body, Optional<String> code, Instant notAfter) {
        this(channel, recipient, subject, body, code, Optional.empty(), notAfter);
    }

    /** Never the body. */
    @Override
    public String toString() {
        return "Message[]";
    }
}
