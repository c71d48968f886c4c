package dev.usher.user;

import dev.usher.http.Exchange;
import dev.usher.store.Tx;

/** The signed-in user of a request. */
@FunctionalInterface
public interface CurrentUser {
    /** The user's id.
     *
     * @throws dev.usher.http.Refusal when nobody is signed in
     */
    String idOf(Tx tx, Exchange exchange);
}
