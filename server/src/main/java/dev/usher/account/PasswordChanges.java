package dev.usher.account;

import dev.usher.factor.Factors;
import dev.usher.factor.Flow;
import dev.usher.factor.NewPasswords;
import dev.usher.factor.Offer;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.FactorErrors;
import dev.usher.http.Form;
import dev.usher.instance.Instance;
import dev.usher.session.SessionTask;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.util.Optional;
import java.util.Set;

/**
 * Sets, changes and removes the signed-in person's password. Where the present one is told, it is proved through the door of all
 * factors.
 */
final class PasswordChanges {
    private final Store store;
    private final SignedIn signedIn;
    private final Sessions sessions;
    private final Users users;
    private final Factors factors;
    private final NewPasswords passwords;

    PasswordChanges(
            Store store, SignedIn signedIn, Sessions sessions, Users users, Factors factors, NewPasswords passwords) {
        this.store = store;
        this.signedIn = signedIn;
        this.sessions = sessions;
        this.users = users;
        this.factors = factors;
        this.passwords = passwords;
    }

    User change(Exchange exchange, Form form) {
        String fresh = form.required("new_password");
        boolean signsOut = form.text("sign_out_of_other_sessions").isPresent()
                && form.oneOf("sign_out_of_other_sessions", Set.of("true", "false"))
                        .equals("true");
        User user = store.read(tx -> signedIn.provedUser(tx, exchange));
        if (user.terms().passwordCompromised()) requireOther(user, fresh);
        boolean isAsked = user.passwordHash().isPresent()
                && !store.read(tx -> mustReset(tx, exchange))
                && (form.text("current_password").isPresent() || !asksForProof(exchange));
        if (!isAsked) return set(exchange, user, hash(exchange, user, fresh), signsOut);
        String present = form.required("current_password");
        if (present.equals(fresh)) throw FactorErrors.newPasswordMatchesCurrent();
        String hash = hash(exchange, user, fresh);
        return proved(exchange, present, (tx, same) -> save(tx, exchange, same, Optional.of(hash), signsOut));
    }

    /** A password that others know proves nothing: where another one is due, it is not asked for. */
    private boolean mustReset(Tx tx, Exchange exchange) {
        return signedIn.session(tx, exchange).tasks().contains(SessionTask.RESET_PASSWORD);
    }

    private void requireOther(User user, String fresh) {
        if (user.passwordHash().filter(hash -> passwords.matches(fresh, hash)).isPresent())
            throw FactorErrors.newPasswordMatchesCurrent();
    }

    /** Whoever proved lately who they are need not know the present password; prebuilt forms do not ask for it then. */
    private static boolean asksForProof(Exchange exchange) {
        return Instance.of(exchange).settings().factors().reverification();
    }

    private String hash(Exchange exchange, User user, String password) {
        return passwords.hash(Instance.of(exchange).settings(), "new_password", password, user.identifier());
    }

    private User set(Exchange exchange, User before, String hash, boolean signsOut) {
        return store.write(tx -> {
            User user = signedIn.provedUser(tx, exchange);
            if (!user.passwordHash().equals(before.passwordHash())) throw Errors.missing("current_password");
            return save(tx, exchange, user, Optional.of(hash), signsOut);
        });
    }

    User remove(Exchange exchange, Form form) {
        User user = store.read(tx -> signedIn.provedUser(tx, exchange));
        if (user.passwordHash().isEmpty()) throw FactorErrors.noPasswordSet();
        String present = form.required("current_password");
        return proved(exchange, present, (tx, same) -> save(tx, exchange, same, Optional.empty(), false));
    }

    /** What follows when the present password was right. */
    @FunctionalInterface
    private interface Then {
        User go(WriteTx tx, User user);
    }

    private User proved(Exchange exchange, String present, Then then) {
        var attempt = new Factors.Attempt(Offer.PASSWORD, present);
        return factors.attempt(exchange, attempt, new Flow<User>() {
            @Override
            public String ownerId() {
                return "";
            }

            @Override
            public Optional<User> user(Tx tx) {
                return Optional.of(signedIn.provedUser(tx, exchange));
            }

            @Override
            public User proved(WriteTx tx, User user, Proof proof) {
                return then.go(tx, user);
            }
        });
    }

    private User save(WriteTx tx, Exchange exchange, User user, Optional<String> hash, boolean signsOut) {
        if (!users.setPassword(tx, user.id(), user.passwordHash(), hash, exchange.now()))
            throw Errors.passwordIncorrect();
        if (signsOut) sessions.revokeOthersOf(tx, signedIn.session(tx, exchange), exchange.now());
        return signedIn.user(tx, exchange);
    }
}
