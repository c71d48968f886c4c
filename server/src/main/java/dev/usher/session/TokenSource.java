package dev.usher.session;

import dev.usher.http.Exchange;

/** Mints session tokens for whoever shows a session. */
@FunctionalInterface
public interface TokenSource {
    /** A fresh session token, a signed JWT. Never called inside a transaction. */
    String mint(Exchange exchange, Session session);
}
