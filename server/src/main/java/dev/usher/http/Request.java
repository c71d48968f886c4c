package dev.usher.http;

import java.util.List;
import java.util.Optional;

/** One HTTP request as the listener hands it over; nothing of it has been believed yet. */
public interface Request {
    String method();

    /** The path as sent, still percent-encoded, without the query. */
    String path();

    /** The query as sent, without the question mark; empty when there is none. */
    String query();

    /** Every value of a header, in order; names in any case. */
    List<String> headers(String name);

    /** The first value of a header. */
    default Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** The body.
     *
     * @throws Refusal when it has more bytes than the limit
     */
    byte[] body(int limitBytes);

    /** The address of the peer's end of the connection. */
    String peerAddress();

    boolean isSecure();
}
