package dev.usher.delivery;

import java.io.IOException;

/** Sends one e-mail. */
@FunctionalInterface
public interface Mailer {
    /** Hands the mail to the next server.
     *
     * @throws IOException when it did not take it; it may be tried again
     */
    void send(String id, String recipient, String subject, String body) throws IOException;
}
