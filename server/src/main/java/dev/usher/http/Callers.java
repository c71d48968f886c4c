package dev.usher.http;

import dev.usher.store.Tx;

/** Compares a request's credentials with the database. */
public interface Callers {
    /** Who calls, at this instant, in this transaction.
     *
     * @throws Refusal for a development browser that this instance does not know
     */
    Caller identify(Tx tx, Exchange exchange);

    /** Like {@link #identify}; a request without a known client is refused as signed out. */
    default Caller.Known known(Tx tx, Exchange exchange) {
        if (identify(tx, exchange) instanceof Caller.Known known) return known;
        throw Errors.signedOut();
    }
}
