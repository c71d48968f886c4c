package dev.usher.account;

import dev.usher.factor.Challenge;
import dev.usher.factor.Passkeys;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.http.PasskeyErrors;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.user.Passkey;
import dev.usher.user.User;
import java.util.Optional;

/** The signed-in person's passkeys. */
final class OwnPasskeys {
    private final Store store;
    private final SignedIn signedIn;
    private final Passkeys passkeys;

    OwnPasskeys(Store store, SignedIn signedIn, Passkeys passkeys) {
        this.store = store;
        this.signedIn = signedIn;
        this.passkeys = passkeys;
    }

    Passkeys.Begun begin(Exchange exchange) {
        if (!Instance.of(exchange).settings().factors().passkeys().enabled()) throw Errors.strategyNotForUser();
        return store.write(tx -> passkeys.begin(tx, exchange, signedIn.provedUser(tx, exchange)));
    }

    /** A passkey with what is asked of the browser while its registration is under way. */
    record Shown(Passkey passkey, Optional<Challenge> challenge) {}

    Shown get(Exchange exchange, String id) {
        return store.read(tx -> found(tx, exchange, id));
    }

    private Shown found(Tx tx, Exchange exchange, String id) {
        User user = signedIn.user(tx, exchange);
        Optional<Passkey> verified =
                user.passkeys().stream().filter(one -> one.id().equals(id)).findFirst();
        return verified.map(one -> new Shown(one, Optional.empty()))
                .or(() -> passkeys.unfinished(tx, user.id(), id).map(one -> new Shown(one, passkeys.find(tx, id))))
                .orElseThrow(() -> Errors.notFound("passkey", id));
    }

    /** Ends the registration. The challenge is spent before the answer is looked at. */
    Shown attempt(Exchange exchange, String id, Form form) {
        if (!form.text("strategy").orElse("passkey").equals("passkey")) throw Errors.invalidStrategy("given");
        String answer = form.required("public_key_credential");
        Passkeys.requireReadable(answer);
        Challenge challenge = store.write(tx -> {
                    requireUnfinished(tx, exchange, id);
                    return passkeys.spent(tx, id, exchange.now());
                })
                .orElseThrow(Errors::verificationExpired);
        Passkeys.Registration registration =
                passkeys.registered(exchange, challenge, answer).orElseThrow(PasskeyErrors::registrationFailed);
        return store.write(tx -> {
            requireUnfinished(tx, exchange, id);
            if (!passkeys.save(tx, id, registration, exchange.now())) throw Errors.verificationAlreadyVerified();
            return found(tx, exchange, id);
        });
    }

    private void requireUnfinished(Tx tx, Exchange exchange, String id) {
        if (found(tx, exchange, id).passkey().verifiedAt().isPresent()) throw Errors.verificationAlreadyVerified();
    }

    Shown rename(Exchange exchange, String id, Form form) {
        String name = form.required("name");
        return store.write(tx -> {
            String userId = signedIn.user(tx, exchange).id();
            if (!passkeys.rename(tx, userId, id, name, exchange.now())) throw Errors.notFound("passkey", id);
            return found(tx, exchange, id);
        });
    }

    void remove(Exchange exchange, String id) {
        store.change(tx -> {
            found(tx, exchange, id);
            User user = signedIn.provedUser(tx, exchange);
            passkeys.remove(tx, user.id(), id);
        });
    }
}
