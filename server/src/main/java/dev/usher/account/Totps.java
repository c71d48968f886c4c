package dev.usher.account;

import dev.usher.factor.BackupCodes;
import dev.usher.factor.Totp;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.FactorErrors;
import dev.usher.http.Form;
import dev.usher.instance.Instance;
import dev.usher.session.FactorAges;
import dev.usher.session.Session;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.user.User;
import java.util.List;
import java.util.Optional;

/** The signed-in person's authenticator app. */
final class Totps {
    private final Store store;
    private final SignedIn signedIn;
    private final Sessions sessions;
    private final SecondFactors secondFactors;
    private final Totp totp;

    Totps(Store store, SignedIn signedIn, Sessions sessions, SecondFactors secondFactors, Totp totp) {
        this.store = store;
        this.signedIn = signedIn;
        this.sessions = sessions;
        this.secondFactors = secondFactors;
        this.totp = totp;
    }

    Totp.Enrolment enrol(Exchange exchange) {
        Instance instance = Instance.of(exchange);
        if (!instance.settings().factors().authenticatorApp()) throw Errors.strategyNotForUser();
        return store.write(tx -> {
            User user = signedIn.provedUser(tx, exchange);
            return totp.enrol(tx, instance, user, exchange.now()).orElseThrow(FactorErrors::totpAlreadyEnabled);
        });
    }

    /** An authenticator app that counts from now on, with the first set of backup codes where there was none. */
    record Verified(String id, List<String> backupCodes) {}

    /** Ends the enrolment by a code, which proves the second factor in this session, too. */
    Verified verify(Exchange exchange, Form form) {
        String code = form.required("code");
        Totp.Guess guess = store.read(tx ->
                        totp.guessEnrolment(tx, signedIn.user(tx, exchange).id(), code, exchange.now()))
                .orElseThrow(Errors::verificationNotSent);
        if (guess.step().isEmpty()) throw Errors.codeIncorrect();
        Optional<BackupCodes.Made> made = secondFactors.firstCodes(exchange);
        return store.write(tx -> {
            Session session = signedIn.session(tx, exchange);
            User user = signedIn.user(tx, exchange);
            if (!totp.verify(tx, guess, exchange.now())) throw Errors.codeIncorrect();
            List<String> codes = secondFactors.changed(tx, exchange, user.id(), made);
            FactorAges proved = new FactorAges(Optional.empty(), Optional.of(exchange.now()));
            sessions.proved(tx, session.id(), proved, exchange.now());
            return new Verified(guess.id(), codes);
        });
    }

    String remove(Exchange exchange) {
        return store.write(tx -> {
            User user = signedIn.provedUser(tx, exchange);
            String id = totp.remove(tx, user.id()).orElseThrow(() -> Errors.notFound("authenticator app", user.id()));
            secondFactors.changed(tx, exchange, user.id(), Optional.empty());
            return id;
        });
    }
}
