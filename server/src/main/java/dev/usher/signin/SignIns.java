package dev.usher.signin;

import dev.usher.base.Ids;
import dev.usher.factor.Codes;
import dev.usher.factor.Passwords;
import dev.usher.factor.Verdict;
import dev.usher.factor.Verification;
import dev.usher.http.Caller;
import dev.usher.http.Callers;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.http.Refusal;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.EmailAddress;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes a person from an identifier to a session, by password or by a code sent to the e-mail address. */
final class SignIns {
    static final String PASSWORD = "password";
    static final String EMAIL_CODE = "email_code";
    static final String PHONE_CODE = "phone_code";
    private static final Set<String> STRATEGIES = Set.of(PASSWORD, EMAIL_CODE);

    private final Store store;
    private final Callers callers;
    private final Entry entry;
    private final Users users;
    private final Passwords passwords;
    private final Codes codes;
    private final Ids ids;

    SignIns(Store store, Callers callers, Entry entry, Users users, Passwords passwords, Codes codes, Ids ids) {
        this.store = store;
        this.callers = callers;
        this.entry = entry;
        this.users = users;
        this.passwords = passwords;
        this.codes = codes;
        this.ids = ids;
    }

    /** An attempt with its user and its code, ready to be shown. */
    record Shown(SignIn signIn, Optional<User> user, Optional<Verification> verification) {}

    /** Begins an attempt; with a password it ends at once, with the strategy {@code email_code} a code is sent at once. */
    Shown create(Exchange exchange, Form form) {
        Optional<String> strategy = form.text("strategy");
        strategy.ifPresent(SignIns::requireKnown);
        Optional<String> identifier = form.text("identifier").map(SignIns::normalized);
        boolean byPassword = form.text("password").isPresent()
                || strategy.filter(PASSWORD::equals).isPresent();
        if (strategy.isPresent() && identifier.isEmpty()) throw Errors.missing("identifier");
        if (byPassword) return createWithPassword(exchange, form.required("identifier"), form.required("password"));
        return store.write(tx -> {
            SignIn made = begin(tx, exchange, identifier);
            if (strategy.isPresent()) sendCode(tx, exchange, made, Optional.empty());
            return shown(tx, exchange, made);
        });
    }

    private static void requireKnown(String strategy) {
        if (!STRATEGIES.contains(strategy)) throw Errors.invalidStrategy(printable(strategy));
    }

    static String printable(String text) {
        String clean = text.replaceAll("[^A-Za-z0-9_]", "");
        return clean.length() > 40 ? clean.substring(0, 40) : clean;
    }

    private static String normalized(String identifier) {
        return EmailAddress.normalized(identifier)
                .orElseThrow(() -> Errors.invalidFormat("identifier", "The identifier must be an e-mail address."));
    }

    /** The password is checked before anything is written: a wrong one leaves nothing behind. */
    private Shown createWithPassword(Exchange exchange, String text, String password) {
        String identifier = normalized(text);
        return byPassword(exchange, password, tx -> eligible(tx, exchange, identifier), (tx, user) -> {
            SignIn made = begin(tx, exchange, Optional.of(identifier));
            return complete(tx, exchange, made, user, PASSWORD);
        });
    }

    /** Refuses what {@link #begin} would refuse, before a hash is computed for it. */
    private User eligible(Tx tx, Exchange exchange, String identifier) {
        if (callers.identify(tx, exchange) instanceof Caller.Known caller)
            entry.requireRoom(tx, exchange, caller.clientId());
        return user(tx, exchange, identifier);
    }

    private SignIn begin(WriteTx tx, Exchange exchange, Optional<String> identifier) {
        String clientId = entry.client(tx, exchange);
        entry.requireRoom(tx, exchange, clientId);
        Optional<User> user = identifier.map(text -> user(tx, exchange, text));
        user.ifPresent(found -> entry.requireOther(tx, exchange, clientId, found));
        SignIn made = new SignIn(
                ids.next("sia", exchange.now()),
                clientId,
                identifier,
                user.map(User::id),
                Optional.empty(),
                Optional.empty(),
                exchange.now().plus(Entry.ATTEMPT_KEPT));
        SignInStore.replace(tx, exchange.site().id(), made, exchange.now());
        return made;
    }

    private User user(Tx tx, Exchange exchange, String identifier) {
        return users.findByIdentifier(tx, Instance.of(exchange), identifier).orElseThrow(Errors::identifierNotFound);
    }

    /**
     * Checks the password, and acts if its hash is still there then. When it was replaced meanwhile, be it by a sign-in that
     * hashed the same password anew, the password is checked once more with what is there now.
     */
    private Shown byPassword(
            Exchange exchange, String password, Function<Tx, User> find, BiFunction<WriteTx, User, Shown> act) {
        for (int i = 0; i < 2; i++) {
            CheckedPassword checked = CheckedPassword.of(store.read(find::apply), password, passwords);
            Optional<Shown> done = store.write(
                    tx -> checked.user(tx, users, Instance.of(exchange)).map(user -> act.apply(tx, user)));
            if (done.isPresent()) return done.get();
        }
        throw Errors.passwordIncorrect();
    }

    private Shown complete(WriteTx tx, Exchange exchange, SignIn signIn, User user, String strategy) {
        String sessionId = entry.enter(tx, exchange, signIn.clientId(), user, strategy);
        boolean first = SignInStore.complete(tx, signIn.id(), sessionId, strategy, exchange.now());
        if (!first) throw Errors.sessionExists();
        SignIn completed = SignInStore.find(tx, signIn.clientId(), signIn.id()).orElseThrow();
        return shown(tx, exchange, completed);
    }

    Shown get(Exchange exchange, String id) {
        return store.read(tx -> shown(tx, exchange, found(tx, exchange, id)));
    }

    private SignIn found(Tx tx, Exchange exchange, String id) {
        return SignInStore.find(tx, entry.knownClient(tx, exchange), id).orElseThrow(() -> Errors.signInNotFound(id));
    }

    /** An attempt that waits for its first factor. */
    private SignIn waiting(Tx tx, Exchange exchange, String id) {
        SignIn signIn = found(tx, exchange, id);
        Supplier<Refusal> over = () -> Errors.signInNotFound(id);
        return switch (signIn.statusAt(exchange.now())) {
            case "needs_first_factor" -> signIn;
            case "needs_identifier" -> throw Errors.verificationNotSent();
            case "complete" -> throw Errors.verificationAlreadyVerified();
            default -> throw over.get();
        };
    }

    /** Sends a code to the address. */
    Shown prepare(Exchange exchange, String id, Form form) {
        String strategy = form.required("strategy");
        if (!strategy.equals(EMAIL_CODE)) throw Errors.invalidStrategy(printable(strategy));
        return store.write(tx -> {
            SignIn signIn = waiting(tx, exchange, id);
            sendCode(tx, exchange, signIn, form.text("email_address_id"));
            return shown(tx, exchange, signIn);
        });
    }

    private void sendCode(WriteTx tx, Exchange exchange, SignIn signIn, Optional<String> emailAddressId) {
        User user = userOf(tx, exchange, signIn);
        EmailAddress address = user.emailAddresses().stream()
                .filter(EmailAddress::canSignIn)
                .filter(one -> emailAddressId
                        .map(one.id()::equals)
                        .orElse(signIn.identifier()
                                .filter(one.emailAddress()::equals)
                                .isPresent()))
                .findFirst()
                .orElseThrow(() -> Errors.resourceOfFormNotFound("email_address_id"));
        var purpose = new Codes.Purpose(signIn.id(), EMAIL_CODE, Optional.of(address.id()), address.emailAddress());
        codes.prepare(tx, Instance.of(exchange), purpose, exchange.now());
    }

    private User userOf(Tx tx, Exchange exchange, SignIn signIn) {
        return signIn.userId()
                .flatMap(id -> users.find(tx, Instance.of(exchange), id))
                .orElseThrow(Errors::identifierNotFound);
    }

    Shown attempt(Exchange exchange, String id, Form form) {
        String strategy = form.required("strategy");
        requireKnown(strategy);
        return strategy.equals(PASSWORD)
                ? attemptPassword(exchange, id, form.required("password"))
                : attemptCode(exchange, id, form.required("code"));
    }

    private Shown attemptPassword(Exchange exchange, String id, String password) {
        return byPassword(
                exchange,
                password,
                tx -> userOf(tx, exchange, waiting(tx, exchange, id)),
                (tx, user) -> complete(tx, exchange, waiting(tx, exchange, id), user, PASSWORD));
    }

    /** What a transaction with a code came to: the counted try is committed in any case. */
    private record Outcome(Verdict verdict, Optional<Shown> shown) {}

    private Shown attemptCode(Exchange exchange, String id, String code) {
        Outcome outcome = store.write(tx -> {
            SignIn signIn = waiting(tx, exchange, id);
            Verdict verdict = codes.attempt(tx, signIn.id(), EMAIL_CODE, code, exchange.now());
            Optional<Shown> shown = verdict instanceof Verdict.Passed
                    ? Optional.of(complete(tx, exchange, signIn, userOf(tx, exchange, signIn), EMAIL_CODE))
                    : Optional.empty();
            return new Outcome(verdict, shown);
        });
        outcome.verdict().orRefuse();
        return outcome.shown().orElseThrow();
    }

    Shown shown(Tx tx, Exchange exchange, SignIn signIn) {
        return new Shown(
                signIn,
                signIn.userId().flatMap(id -> users.find(tx, Instance.of(exchange), id)),
                codes.find(tx, signIn.id()));
    }
}
