package dev.usher.signin;

import dev.usher.factor.Offer;
import java.time.Instant;
import java.util.Optional;

/**
 * An attempt to sign in, on its way or finished.
 *
 * @param firstStrategy how the first factor was proved, or is to be proved where there is no identifier
 * @param firstAt when it was proved
 * @param firstIdentificationId the identifier whose code proved it
 * @param ticketHash the ticket that proved the first factor; it is used up when the sign-in is complete
 * @param newPasswordHash the password that counts from the moment at which the sign-in is complete
 */
record SignIn(
        String id,
        String clientId,
        Optional<String> identifier,
        Optional<String> userId,
        Optional<String> firstStrategy,
        Optional<Instant> firstAt,
        Optional<String> firstIdentificationId,
        Optional<String> secondStrategy,
        Optional<String> newPasswordHash,
        boolean signsOutOthers,
        Optional<String> createdSessionId,
        Optional<String> ticketHash,
        Instant abandonAt) {

    static final String NEEDS_IDENTIFIER = "needs_identifier";
    static final String NEEDS_FIRST_FACTOR = "needs_first_factor";
    static final String NEEDS_NEW_PASSWORD = "needs_new_password";
    static final String NEEDS_SECOND_FACTOR = "needs_second_factor";
    static final String COMPLETE = "complete";
    static final String ABANDONED = "abandoned";

    /** One that has only begun. */
    static SignIn begun(String id, String clientId, Optional<String> identifier, Optional<String> userId, Instant end) {
        return new SignIn(
                id,
                clientId,
                identifier,
                userId,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                end);
    }

    /** The same as it was before anything was proved. */
    SignIn asBegun() {
        return begun(id, clientId, identifier, userId, abandonAt);
    }

    /** The same with the way in which it is to be proved who signs in. */
    SignIn withStrategy(Optional<String> strategy) {
        return new SignIn(
                id,
                clientId,
                identifier,
                userId,
                strategy,
                firstAt,
                firstIdentificationId,
                secondStrategy,
                newPasswordHash,
                signsOutOthers,
                createdSessionId,
                ticketHash,
                abandonAt);
    }

    /** Its status on the wire. What passed the first factor and is not complete waits for a password or the second one. */
    String statusAt(Instant now) {
        if (createdSessionId.isPresent()) return COMPLETE;
        if (!now.isBefore(abandonAt)) return ABANDONED;
        if (firstAt.isEmpty())
            return identifier.isPresent() || firstStrategy.isPresent() ? NEEDS_FIRST_FACTOR : NEEDS_IDENTIFIER;
        boolean needsPassword = firstStrategy.filter(Offer::isReset).isPresent() && newPasswordHash.isEmpty();
        return needsPassword ? NEEDS_NEW_PASSWORD : NEEDS_SECOND_FACTOR;
    }

    /** What the codes and challenges of the second factor belong to. */
    String secondOwnerId() {
        return id + ":2";
    }

    /** A word of a request as it may stand in an answer. */
    static String printable(String text) {
        String clean = text.replaceAll("[^A-Za-z0-9_]", "");
        return clean.length() > 40 ? clean.substring(0, 40) : clean;
    }

    /** Never the password's hash. */
    @Override
    public String toString() {
        return "SignIn[" + id + "]";
    }
}
