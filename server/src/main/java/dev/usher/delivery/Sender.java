package dev.usher.delivery;

import java.io.IOException;

/** Sends one message by one channel. */
@FunctionalInterface
public interface Sender {
    /** Hands the message to whoever carries it on.
     *
     * @param id stays the same when the message is sent again
     * @param subject empty where the channel has none
     * @throws IOException when it was not taken; it may be tried again
     */
    void send(String id, String recipient, String subject, String body) throws IOException;
}
