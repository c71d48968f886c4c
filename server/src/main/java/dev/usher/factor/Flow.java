package dev.usher.factor;

import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.User;
import java.util.Optional;

/**
 * Something on its way that waits for a factor: a sign-in or a reverification.
 *
 * @param <T> what it looks like after the factor was proved
 */
public interface Flow<T> {
    /** What the codes and challenges of this step belong to. */
    String ownerId();

    /** The user whose factor is due, as of now; empty where nobody must notice that there is none.
     *
     * @throws dev.usher.http.Refusal when this step is not the one that is due, or the user cannot take it this way
     */
    Optional<User> user(Tx tx);

    /** The factor was proved: goes on to the next step. */
    T proved(WriteTx tx, User user, Proof proof);

    /**
     * How a factor was proved.
     *
     * @param identificationId the e-mail address or phone number that a code went to
     */
    record Proof(String strategy, Optional<String> identificationId) {}
}
