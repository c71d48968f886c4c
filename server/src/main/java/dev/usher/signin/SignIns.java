package dev.usher.signin;

import dev.usher.base.Ids;
import dev.usher.factor.Factors;
import dev.usher.factor.Flow;
import dev.usher.factor.Offer;
import dev.usher.factor.Verification;
import dev.usher.http.Caller;
import dev.usher.http.Callers;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Instant;
import java.util.Optional;

/** Begins sign-ins and shows them; {@link SignInSteps} brings them on. */
final class SignIns {
    private final Store store;
    private final Callers callers;
    private final Entry entry;
    private final Users users;
    private final Factors factors;
    private final SignInSteps steps;
    private final Ids ids;

    SignIns(Store store, Callers callers, Entry entry, Users users, Factors factors, SignInSteps steps, Ids ids) {
        this.store = store;
        this.callers = callers;
        this.entry = entry;
        this.users = users;
        this.factors = factors;
        this.steps = steps;
        this.ids = ids;
    }

    /** An attempt with its user and what was sent or asked, ready to be shown. */
    record Shown(SignIn signIn, Optional<User> user, Factors.Prepared first, Factors.Prepared second) {
        Shown asBegun() {
            return new Shown(signIn.asBegun(), user, first.asSent(), second.asSent());
        }
    }

    /** Begins an attempt; with a password it may end at once, with another strategy that is prepared at once. */
    Shown create(Exchange exchange, Form form) {
        Optional<String> strategy =
                form.text("strategy").map(text -> SignInFactors.known(text, SignInFactors.first(exchange)));
        Optional<String> identifier = form.text("identifier").map(text -> SignInFactors.normalized(exchange, text));
        boolean byPassword = form.text("password").isPresent()
                || strategy.filter(Offer.PASSWORD::equals).isPresent();
        if (byPassword) return createWithPassword(exchange, form);
        boolean byAnyPasskey =
                identifier.isEmpty() && strategy.filter(Offer.PASSKEY::equals).isPresent();
        if (byAnyPasskey) return createByPasskey(exchange);
        if (strategy.isPresent() && identifier.isEmpty()) throw Errors.missing("identifier");
        return store.write(tx -> {
            SignIn made = begin(tx, exchange, identifier, Optional.empty());
            strategy.ifPresent(wanted -> steps.prepareFirst(tx, exchange, made, wanted, form));
            return shown(tx, exchange, made);
        });
    }

    private Shown createByPasskey(Exchange exchange) {
        return store.write(tx -> {
            SignIn made = begin(tx, exchange, Optional.empty(), Optional.of(Offer.PASSKEY));
            factors.askAnyPasskey(tx, exchange, made.id());
            return shown(tx, exchange, made);
        });
    }

    /** The password is checked before the attempt is made: a wrong one leaves nothing but its count. */
    private Shown createWithPassword(Exchange exchange, Form form) {
        String identifier = SignInFactors.normalized(exchange, form.required("identifier"));
        var attempt = new Factors.Attempt(Offer.PASSWORD, form.required("password"));
        return factors.attempt(exchange, attempt, new Flow<Shown>() {
            @Override
            public String ownerId() {
                return identifier;
            }

            @Override
            public Optional<User> user(Tx tx) {
                return eligible(tx, exchange, identifier);
            }

            @Override
            public Shown proved(WriteTx tx, User user, Proof proof) {
                SignIn made = begin(tx, exchange, Optional.of(identifier), Optional.empty());
                return shown(tx, exchange, steps.firstProved(tx, exchange, made, user, proof));
            }
        });
    }

    /** Refuses what {@link #begin} would refuse, before a hash is computed for it. */
    private Optional<User> eligible(Tx tx, Exchange exchange, String identifier) {
        if (callers.identify(tx, exchange) instanceof Caller.Known caller)
            entry.requireRoom(tx, exchange, caller.clientId());
        Optional<User> user = known(tx, exchange, identifier);
        boolean lacks = user.isPresent() && user.get().passwordHash().isEmpty();
        if (lacks && !SignInFactors.isStrict(exchange)) throw Errors.strategyNotForUser();
        return user;
    }

    /** The user with the identifier; where nobody must notice, there may be none. */
    private Optional<User> known(Tx tx, Exchange exchange, String identifier) {
        Optional<User> user = users.findByIdentifier(tx, Instance.of(exchange), identifier);
        if (user.isEmpty() && !SignInFactors.isStrict(exchange)) throw Errors.identifierNotFound();
        return user;
    }

    private SignIn begin(
            WriteTx tx, Exchange exchange, Optional<String> identifier, Optional<String> strategyWithoutIdentifier) {
        String clientId = entry.client(tx, exchange);
        entry.requireRoom(tx, exchange, clientId);
        Optional<User> user = identifier.flatMap(text -> known(tx, exchange, text));
        return begin(tx, exchange, clientId, identifier, user, strategyWithoutIdentifier);
    }

    /** An attempt of a user who is known by other means than an identifier. */
    SignIn begin(WriteTx tx, Exchange exchange, User user) {
        String clientId = entry.client(tx, exchange);
        entry.requireRoom(tx, exchange, clientId);
        return begin(tx, exchange, clientId, Optional.empty(), Optional.of(user), Optional.empty());
    }

    private SignIn begin(
            WriteTx tx,
            Exchange exchange,
            String clientId,
            Optional<String> identifier,
            Optional<User> user,
            Optional<String> strategyWithoutIdentifier) {
        entry.requireOther(tx, exchange, clientId, user);
        SignIn made = SignIn.begun(
                        ids.next("sia", exchange.now()),
                        clientId,
                        identifier,
                        user.map(User::id),
                        exchange.now().plus(Entry.ATTEMPT_KEPT))
                .withStrategy(strategyWithoutIdentifier);
        SignInStore.replace(tx, exchange.site().id(), made, exchange.now());
        return made;
    }

    Shown get(Exchange exchange, String id) {
        Shown shown = store.read(tx -> watched(tx, exchange, id));
        return isApproved(shown, exchange.now())
                ? store.write(tx -> shown(tx, exchange, approved(tx, exchange, id)))
                : shown;
    }

    private Shown watched(Tx tx, Exchange exchange, String id) {
        Caller.Known watcher = entry.watcher(tx, exchange);
        SignIn signIn = SignInStore.find(tx, watcher.clientId(), id).orElseThrow(() -> Errors.signInNotFound(id));
        Shown shown = shown(tx, exchange, signIn);
        return Entry.asBegun(watcher, signIn.abandonAt()) ? shown.asBegun() : shown;
    }

    /** Whether the link was opened in another browser: the sign-in goes on in the one that began it. */
    private static boolean isApproved(Shown shown, Instant now) {
        return shown.signIn().statusAt(now).equals(SignIn.NEEDS_FIRST_FACTOR)
                && shown.first().code().filter(Verification::isOpenedLink).isPresent();
    }

    private SignIn approved(WriteTx tx, Exchange exchange, String id) {
        Shown shown = shown(tx, exchange, steps.found(tx, exchange, id));
        return isApproved(shown, exchange.now()) ? steps.provedByLink(tx, exchange, shown.signIn()) : shown.signIn();
    }

    Shown prepareFirst(Exchange exchange, String id, Form form) {
        return store.write(tx -> shown(tx, exchange, steps.prepareFirst(tx, exchange, id, form)));
    }

    Shown prepareSecond(Exchange exchange, String id, Form form) {
        return store.write(tx -> shown(tx, exchange, steps.prepareSecond(tx, exchange, id, form)));
    }

    Shown attemptFirst(Exchange exchange, String id, Form form) {
        return again(exchange, steps.attemptFirst(exchange, id, form));
    }

    Shown attemptSecond(Exchange exchange, String id, Form form) {
        return again(exchange, steps.attemptSecond(exchange, id, form));
    }

    Shown resetPassword(Exchange exchange, String id, Form form) {
        return again(exchange, steps.resetPassword(exchange, id, form));
    }

    private Shown again(Exchange exchange, SignIn signIn) {
        return store.read(tx -> shown(tx, exchange, signIn));
    }

    Shown shown(Tx tx, Exchange exchange, SignIn signIn) {
        return new Shown(
                signIn,
                users.find(tx, Instance.of(exchange), signIn.userId().orElse("")),
                factors.prepared(tx, signIn.id()),
                factors.prepared(tx, signIn.secondOwnerId()));
    }
}
