package dev.usher.signin;

import dev.usher.factor.Passwords;
import dev.usher.http.Errors;
import dev.usher.http.UserErrors;
import dev.usher.instance.Instance;
import dev.usher.store.WriteTx;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.util.Optional;

/**
 * A password that was right for the hash that a user had a moment ago.
 *
 * @param fresh a new hash of the password, where the one that was checked is of an older or a foreign kind
 */
record CheckedPassword(String userId, String hash, Optional<String> fresh) {
    /** Checks a password, and hashes it anew where that is due. Never called inside a transaction.
     *
     * @throws dev.usher.http.Refusal when it is wrong or known to others, and when the user has none
     */
    static CheckedPassword of(User user, String password, Passwords passwords) {
        String hash = user.passwordHash().orElseThrow(Errors::strategyNotForUser);
        if (!passwords.matches(password, hash)) throw Errors.passwordIncorrect();
        if (user.terms().passwordCompromised()) throw UserErrors.passwordCompromised();
        Optional<String> fresh = Passwords.isOutdated(hash) ? Optional.of(passwords.hash(password)) : Optional.empty();
        return new CheckedPassword(user.id(), hash, fresh);
    }

    /** The user as of now, with the new hash in place; empty when the hash is no longer the one that was checked. */
    Optional<User> user(WriteTx tx, Users users, Instance instance) {
        Optional<User> same = users.find(tx, instance, userId)
                .filter(user -> user.passwordHash().filter(hash::equals).isPresent());
        if (same.isPresent()) fresh.ifPresent(better -> users.rehashed(tx, userId, hash, better));
        return same;
    }
}
