package dev.usher.user;

import dev.usher.http.Exchange;
import dev.usher.store.Tx;

/** Whether the person at the keyboard has proved lately who they are; sensitive changes ask it first. */
@FunctionalInterface
public interface RecentProof {
    /** Lets the request go on.
     *
     * @param user the signed-in user
     * @throws dev.usher.http.Refusal when the strongest factor that the user has was proved too long ago in this session
     */
    void require(Tx tx, Exchange exchange, User user);
}
