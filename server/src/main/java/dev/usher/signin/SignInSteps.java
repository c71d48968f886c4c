package dev.usher.signin;

import dev.usher.factor.Factors;
import dev.usher.factor.Flow;
import dev.usher.factor.Link;
import dev.usher.factor.Links;
import dev.usher.factor.NewPasswords;
import dev.usher.factor.Offer;
import dev.usher.factor.Passkeys;
import dev.usher.factor.Verification;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.FactorErrors;
import dev.usher.http.Form;
import dev.usher.http.Refusal;
import dev.usher.instance.Instance;
import dev.usher.session.FactorAges;
import dev.usher.session.Opening;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.ticket.EntryToken;
import dev.usher.ticket.Ticket;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings a sign-in on: first factor, new password, second factor. The session is opened after the last of them only. */
final class SignInSteps {
    private static final List<String> ORDER = List.of(
            SignIn.NEEDS_IDENTIFIER,
            SignIn.NEEDS_FIRST_FACTOR,
            SignIn.NEEDS_NEW_PASSWORD,
            SignIn.NEEDS_SECOND_FACTOR,
            SignIn.COMPLETE);

    private final Store store;
    private final Entry entry;
    private final Users users;
    private final Factors factors;
    private final Passkeys passkeys;
    private final NewPasswords passwords;

    SignInSteps(Store store, Entry entry, Users users, Factors factors, Passkeys passkeys, NewPasswords passwords) {
        this.store = store;
        this.entry = entry;
        this.users = users;
        this.factors = factors;
        this.passkeys = passkeys;
        this.passwords = passwords;
    }

    SignIn found(Tx tx, Exchange exchange, String id) {
        return SignInStore.find(tx, entry.knownClient(tx, exchange), id).orElseThrow(() -> Errors.signInNotFound(id));
    }

    /** An attempt whose turn it is for this step. */
    SignIn due(Tx tx, Exchange exchange, String id, String step) {
        SignIn signIn = found(tx, exchange, id);
        String status = signIn.statusAt(exchange.now());
        if (!status.equals(step)) throw outOfTurn(id, status, step);
        return signIn;
    }

    private static Refusal outOfTurn(String id, String status, String step) {
        if (status.equals(SignIn.ABANDONED)) return Errors.signInNotFound(id);
        if (ORDER.indexOf(status) > ORDER.indexOf(step)) return Errors.verificationAlreadyVerified();
        return step.equals(SignIn.NEEDS_FIRST_FACTOR) ? Errors.verificationNotSent() : Errors.verificationMissing();
    }

    private Optional<User> userOf(Tx tx, Exchange exchange, SignIn signIn) {
        return users.find(tx, Instance.of(exchange), signIn.userId().orElse(""));
    }

    // First factor.

    SignIn prepareFirst(WriteTx tx, Exchange exchange, String id, Form form) {
        String strategy = SignInFactors.known(form.required("strategy"), SignInFactors.first(exchange));
        if (strategy.equals(Offer.PASSWORD)) throw Errors.invalidStrategy(strategy);
        SignIn signIn = due(tx, exchange, id, SignIn.NEEDS_FIRST_FACTOR);
        prepareFirst(tx, exchange, signIn, strategy, form);
        return signIn;
    }

    void prepareFirst(WriteTx tx, Exchange exchange, SignIn signIn, String strategy, Form form) {
        Optional<User> user = userOf(tx, exchange, signIn);
        Optional<Links.Wish> link = link(exchange, signIn, strategy, form);
        if (SignInFactors.isStrict(exchange) && !strategy.equals(Offer.PASSKEY)) {
            List<Offer> offers = SignInFactors.alike(exchange, signIn);
            prepareAlike(tx, exchange, signIn, user, SignInFactors.chosen(offers, signIn, strategy, form), link);
        } else if (user.isEmpty() && strategy.equals(Offer.PASSKEY)) {
            factors.askAnyPasskey(tx, exchange, signIn.id());
        } else {
            User known = user.orElseThrow(Errors::identifierNotFound);
            Offer offer = SignInFactors.chosen(SignInFactors.first(exchange, known), signIn, strategy, form);
            factors.prepare(tx, exchange, signIn.id(), known, offer, link);
        }
    }

    private static Optional<Links.Wish> link(Exchange exchange, SignIn signIn, String strategy, Form form) {
        return strategy.equals(Offer.EMAIL_LINK)
                ? Optional.of(new Links.Wish(Link.Aim.SIGN_IN, signIn.clientId(), Links.target(exchange, form)))
                : Optional.empty();
    }

    /** The same steps, whoever has the identifier. */
    private void prepareAlike(
            WriteTx tx, Exchange exchange, SignIn signIn, Optional<User> user, Offer shown, Optional<Links.Wish> link) {
        Optional<Offer> real = user.flatMap(one -> SignInFactors.first(exchange, one).stream()
                .filter(offer -> offer.strategy().equals(shown.strategy()))
                .filter(offer -> offer.recipient().equals(shown.recipient()))
                .findFirst());
        passkeys.forget(tx, signIn.id());
        if (real.isPresent()) factors.send(tx, exchange, signIn.id(), user.orElseThrow(), real.get(), link);
        else factors.sendToNobody(tx, exchange, signIn.id(), shown, link);
    }

    SignIn attemptFirst(Exchange exchange, String id, Form form) {
        String strategy = SignInFactors.known(form.required("strategy"), SignInFactors.attempted(exchange));
        Optional<String> newPassword = Offer.isReset(strategy) ? form.text("password") : Optional.empty();
        Optional<String> hash = newPassword.map(text -> newHash(exchange, id, text));
        boolean isCompromised = newPassword.isPresent() && isCompromised(exchange, id, newPassword.get());
        var attempt = new Factors.Attempt(strategy, value(form, strategy));
        return factors.attempt(exchange, attempt, new Flow<SignIn>() {
            @Override
            public String ownerId() {
                return id;
            }

            @Override
            public Optional<User> user(Tx tx) {
                return firstUser(tx, exchange, due(tx, exchange, id, SignIn.NEEDS_FIRST_FACTOR), attempt);
            }

            @Override
            public SignIn proved(WriteTx tx, User user, Proof proof) {
                SignIn signIn = found(tx, exchange, id);
                requireOther(isCompromised);
                hash.ifPresent(text -> SignInStore.newPassword(tx, id, text, false, exchange.now()));
                return firstProved(tx, exchange, signIn, user, proof);
            }
        });
    }

    private static String value(Form form, String strategy) {
        return switch (strategy) {
            case Offer.PASSWORD -> form.required("password");
            case Offer.PASSKEY -> form.required("public_key_credential");
            default -> form.required("code");
        };
    }

    /** Whose factor is tried. A passkey tells who it is, where no identifier did. */
    private Optional<User> firstUser(Tx tx, Exchange exchange, SignIn signIn, Factors.Attempt attempt) {
        boolean isPasskey = attempt.strategy().equals(Offer.PASSKEY);
        if (isPasskey && signIn.userId().isEmpty()) {
            String userId = passkeys.userOf(tx, Instance.of(exchange), attempt.value());
            return users.find(tx, Instance.of(exchange), userId);
        }
        Optional<User> user = userOf(tx, exchange, signIn);
        if (SignInFactors.isStrict(exchange) && !isPasskey) return user;
        User known = user.orElseThrow(Errors::identifierNotFound);
        boolean offered = SignInFactors.first(exchange, known).stream()
                .anyMatch(offer -> offer.strategy().equals(attempt.strategy()));
        if (!offered) throw Errors.strategyNotForUser();
        return user;
    }

    /** The link was opened: proves the first factor, unless the account is locked. */
    SignIn provedByLink(WriteTx tx, Exchange exchange, SignIn signIn) {
        User user = userOf(tx, exchange, signIn).orElseThrow(Errors::identifierNotFound);
        if (user.lock().isLockedAt(exchange.now()))
            throw FactorErrors.userLocked(
                    user.lock().remainingAt(exchange.now()).orElse(Duration.ZERO));
        Optional<String> addressId = factors.prepared(tx, signIn.id()).code().flatMap(Verification::identificationId);
        return firstProved(tx, exchange, signIn, user, new Flow.Proof(Offer.EMAIL_LINK, addressId));
    }

    /** The first factor was proved: of several at once, one goes on. */
    SignIn firstProved(WriteTx tx, Exchange exchange, SignIn signIn, User user, Flow.Proof proof) {
        if (!SignInStore.firstProved(tx, signIn.id(), user.id(), proof, exchange.now()))
            throw Errors.verificationAlreadyVerified();
        return next(tx, exchange, signIn, user);
    }

    /** Nothing else is to be proved, not even where there is a second factor. */
    SignIn allProved(WriteTx tx, Exchange exchange, SignIn before, User user, Flow.Proof proof) {
        if (!SignInStore.firstProved(tx, before.id(), user.id(), proof, exchange.now()))
            throw Errors.verificationAlreadyVerified();
        SignIn signIn = SignInStore.find(tx, before.clientId(), before.id()).orElseThrow();
        return complete(tx, exchange, signIn, user);
    }

    private SignIn next(WriteTx tx, Exchange exchange, SignIn before, User user) {
        SignIn signIn = SignInStore.find(tx, before.clientId(), before.id()).orElseThrow();
        boolean needsPassword = signIn.statusAt(exchange.now()).equals(SignIn.NEEDS_NEW_PASSWORD);
        boolean needsSecond = user.hasSecondFactor() && signIn.secondStrategy().isEmpty();
        return needsPassword || needsSecond ? signIn : complete(tx, exchange, signIn, user);
    }

    // New password.

    SignIn resetPassword(Exchange exchange, String id, Form form) {
        boolean signsOut = form.text("sign_out_of_other_sessions").isPresent()
                && form.oneOf("sign_out_of_other_sessions", Set.of("true", "false"))
                        .equals("true");
        String password = form.required("password");
        store.read(tx -> due(tx, exchange, id, SignIn.NEEDS_NEW_PASSWORD));
        requireOther(isCompromised(exchange, id, password));
        String hash = newHash(exchange, id, password);
        return store.write(tx -> {
            SignIn signIn = due(tx, exchange, id, SignIn.NEEDS_NEW_PASSWORD);
            User user = userOf(tx, exchange, signIn).orElseThrow(Errors::identifierNotFound);
            SignInStore.newPassword(tx, id, hash, signsOut, exchange.now());
            return next(tx, exchange, signIn, user);
        });
    }

    /** Whether it is the present one, which is known to others. */
    private boolean isCompromised(Exchange exchange, String id, String password) {
        return store.read(tx -> userOf(tx, exchange, found(tx, exchange, id)))
                .filter(user -> user.terms().passwordCompromised())
                .flatMap(User::passwordHash)
                .filter(hash -> passwords.matches(password, hash))
                .isPresent();
    }

    private static void requireOther(boolean isCompromised) {
        if (isCompromised) throw FactorErrors.newPasswordMatchesCurrent("password");
    }

    private String newHash(Exchange exchange, String id, String password) {
        SignIn signIn = store.read(tx -> found(tx, exchange, id));
        return passwords.hash(
                Instance.of(exchange).settings(),
                "password",
                password,
                signIn.identifier().orElse(""));
    }

    // Second factor.

    SignIn prepareSecond(WriteTx tx, Exchange exchange, String id, Form form) {
        String strategy = SignInFactors.known(form.text("strategy").orElse(Offer.PHONE_CODE), Set.of(Offer.PHONE_CODE));
        SignIn signIn = due(tx, exchange, id, SignIn.NEEDS_SECOND_FACTOR);
        User user = userOf(tx, exchange, signIn).orElseThrow(Errors::identifierNotFound);
        List<Offer> offers = Offer.second(user, signIn.firstIdentificationId());
        Offer offer = Offer.chosen(offers, strategy, "phone_number_id", form.text("phone_number_id"), Offer::primary);
        factors.prepare(tx, exchange, signIn.secondOwnerId(), user, offer);
        return signIn;
    }

    SignIn attemptSecond(Exchange exchange, String id, Form form) {
        String strategy = SignInFactors.known(form.required("strategy"), SignInFactors.SECOND);
        var attempt = new Factors.Attempt(strategy, form.required("code"));
        return factors.attempt(exchange, attempt, new Flow<SignIn>() {
            @Override
            public String ownerId() {
                return id + ":2";
            }

            @Override
            public Optional<User> user(Tx tx) {
                return secondUser(tx, exchange, due(tx, exchange, id, SignIn.NEEDS_SECOND_FACTOR), strategy);
            }

            @Override
            public SignIn proved(WriteTx tx, User user, Proof proof) {
                if (!SignInStore.secondProved(tx, id, strategy, exchange.now()))
                    throw Errors.verificationAlreadyVerified();
                return next(tx, exchange, found(tx, exchange, id), user);
            }
        });
    }

    private Optional<User> secondUser(Tx tx, Exchange exchange, SignIn signIn, String strategy) {
        User user = userOf(tx, exchange, signIn).orElseThrow(Errors::identifierNotFound);
        List<Offer> offers = Offer.second(user, signIn.firstIdentificationId());
        if (offers.isEmpty()) throw FactorErrors.noSecondFactors();
        if (offers.stream().noneMatch(offer -> offer.strategy().equals(strategy))) throw Errors.strategyNotForUser();
        return Optional.of(user);
    }

    // The end.

    private SignIn complete(WriteTx tx, Exchange exchange, SignIn signIn, User user) {
        signIn.newPasswordHash()
                .ifPresent(hash ->
                        users.setPassword(tx, user.id(), user.passwordHash(), Optional.of(hash), exchange.now()));
        if (signIn.signsOutOthers()) entry.closeAll(tx, exchange, user);
        FactorAges ages =
                new FactorAges(signIn.firstAt(), signIn.secondStrategy().map(proved -> exchange.now()));
        String strategy = signIn.firstStrategy().orElseThrow();
        Opening opening = opening(ages, signIn.ticketHash().map(hash -> entry.spend(tx, exchange, hash, user)));
        String sessionId = entry.enter(tx, exchange, signIn.clientId(), user, strategy, opening);
        if (!SignInStore.complete(tx, signIn.id(), sessionId, exchange.now())) throw Errors.sessionExists();
        if (opening.impersonation().isEmpty()) factors.allProved(tx, exchange, user.id());
        return SignInStore.find(tx, signIn.clientId(), signIn.id()).orElseThrow();
    }

    private static Opening opening(FactorAges ages, Optional<Ticket> ticket) {
        Optional<EntryToken> token = ticket.flatMap(
                one -> one instanceof Ticket.Entry entry ? Optional.of(entry.token()) : Optional.empty());
        Optional<Opening.Impersonation> impersonation = token.flatMap(one -> one.actor()
                .map(actor ->
                        new Opening.Impersonation(actor, one.sessionLength().orElseThrow())));
        return new Opening(ages, impersonation, token.flatMap(EntryToken::organizationId));
    }
}
