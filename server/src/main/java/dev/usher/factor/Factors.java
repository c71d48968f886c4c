package dev.usher.factor;

import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.FactorErrors;
import dev.usher.http.PasskeyErrors;
import dev.usher.http.Refusal;
import dev.usher.instance.FactorSettings;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The one door through which factors are proved, on every route: the attempt is counted and committed, then looked at outside
 * of transactions, then spent by one guarded update together with what follows from it.
 */
public final class Factors {
    private static final int WARNED_FROM = 2;

    private final Store store;
    private final Codes codes;
    private final Links links;
    private final Passkeys passkeys;
    private final Questions questions;
    private final Gate gate = new Gate();

    public Factors(Store store, Codes codes, Links links, Passkeys passkeys, Questions questions) {
        this.store = store;
        this.codes = codes;
        this.links = links;
        this.passkeys = passkeys;
        this.questions = questions;
    }

    /**
     * What somebody brings to prove a factor.
     *
     * @param value the password, the code, or the passkey's answer
     */
    public record Attempt(String strategy, String value) {
        /** Never the value. */
        @Override
        public String toString() {
            return "Attempt[" + strategy + "]";
        }
    }

    /** An attempt as far as its first transaction brought it. */
    private record Begun<T>(
            Optional<User> user,
            int failures,
            Optional<Verdict> verdict,
            Optional<T> result,
            Optional<Question> question) {
        static <T> Begun<T> refused(Verdict verdict) {
            return new Begun<>(Optional.empty(), 0, Optional.of(verdict), Optional.empty(), Optional.empty());
        }
    }

    /** What the last transaction came to; a refusal where the flow has moved on meanwhile. */
    private record Ended<T>(Verdict verdict, Optional<T> result, Optional<Refusal> refusal) {
        static <T> Ended<T> of(Verdict verdict, Optional<T> result) {
            return new Ended<>(verdict, result, Optional.empty());
        }
    }

    /** Tries to prove a factor; ends in what follows from it.
     *
     * @throws Refusal when the attempt was not right; it is counted all the same
     */
    public <T> T attempt(Exchange exchange, Attempt attempt, Flow<T> flow) {
        if (Offer.isCode(attempt.strategy())) return attempted(exchange, attempt, flow);
        String key = store.read(flow::user).map(User::id).orElseGet(flow::ownerId);
        return gate.through(key, () -> attempted(exchange, attempt, flow));
    }

    private <T> T attempted(Exchange exchange, Attempt attempt, Flow<T> flow) {
        Begun<T> begun = store.write(tx -> begun(tx, exchange, attempt, flow));
        Ended<T> ended = begun.question()
                .map(question -> ended(exchange, attempt, flow, begun, question.look()))
                .orElseGet(() -> Ended.of(begun.verdict().orElseThrow(), begun.result()));
        ended.refusal().ifPresent(refusal -> {
            throw refusal;
        });
        if (!(ended.verdict() instanceof Verdict.Passed))
            throw refusal(Instance.of(exchange), attempt, ended.verdict(), begun.failures());
        return ended.result().orElseThrow();
    }

    private <T> Begun<T> begun(WriteTx tx, Exchange exchange, Attempt attempt, Flow<T> flow) {
        Instance instance = Instance.of(exchange);
        Optional<User> user = flow.user(tx);
        boolean counts = !attempt.strategy().equals(Offer.PASSKEY);
        OptionalInt failures = counts ? claim(tx, exchange, user) : unlocked(user, exchange.now());
        Optional<User> open = failures.isPresent() ? user : Optional.empty();
        boolean alike = isAlike(instance, attempt.strategy());
        if (open.isEmpty() && !alike) return Begun.refused(locked(user, exchange.now()));
        if (Offer.isCode(attempt.strategy())) return byCode(tx, exchange, attempt, flow, open, failures.orElse(0));
        if (isPaused(tx, exchange, attempt.strategy(), open)) return Begun.refused(new Verdict.Paused(false));
        Question question = questions.of(tx, exchange, attempt, flow.ownerId(), open);
        return new Begun<>(open, failures.orElse(0), Optional.empty(), Optional.empty(), Optional.of(question));
    }

    /** The same statement for somebody and for nobody. */
    private static OptionalInt claim(WriteTx tx, Exchange exchange, Optional<User> user) {
        return Guesses.claim(tx, Instance.of(exchange), user.map(User::id).orElse(""), exchange.now());
    }

    /** Counts a code that is not sent for the budget of all codes; one that is sent, {@link Codes} counts. */
    private static boolean isPaused(WriteTx tx, Exchange exchange, String strategy, Optional<User> user) {
        return Offer.isOwnCode(strategy)
                && user.isPresent()
                && !CodeBudget.claim(
                        tx, Instance.of(exchange), CodeBudget.user(user.get().id()), exchange.now());
    }

    private static OptionalInt unlocked(Optional<User> user, Instant now) {
        boolean open = user.filter(one -> !one.lock().isLockedAt(now)).isPresent();
        return open ? OptionalInt.of(0) : OptionalInt.empty();
    }

    /** Whether an account that is locked or not there must look like any other. */
    private static boolean isAlike(Instance instance, String strategy) {
        boolean first = strategy.equals(Offer.PASSWORD) || Offer.isSent(strategy);
        return first && instance.settings().factors().strictEnumerationProtection();
    }

    private static Verdict locked(Optional<User> user, Instant now) {
        return new Verdict.Locked(
                user.flatMap(one -> one.lock().remainingAt(now)).orElse(Duration.ZERO));
    }

    /** A code is compared in the transaction that counts it: its hash is a short one. */
    private <T> Begun<T> byCode(
            WriteTx tx, Exchange exchange, Attempt attempt, Flow<T> flow, Optional<User> user, int failures) {
        Optional<Verification> sent = codes.find(tx, flow.ownerId());
        Verdict verdict = codes.attempt(
                tx, Instance.of(exchange), flow.ownerId(), attempt.strategy(), attempt.value(), exchange.now());
        boolean passed = verdict instanceof Verdict.Passed;
        boolean counts = passed || !(verdict instanceof Verdict.Wrong);
        if (counts)
            Guesses.giveBack(tx, Instance.of(exchange), user.map(User::id).orElse(""));
        Verdict shown = passed && user.isEmpty() ? new Verdict.Wrong() : verdict;
        Optional<T> result = shown instanceof Verdict.Passed
                ? user.map(one -> flow.proved(
                        tx, one, new Flow.Proof(attempt.strategy(), sent.flatMap(Verification::identificationId))))
                : Optional.empty();
        return new Begun<>(user, failures, Optional.of(shown), result, Optional.empty());
    }

    private <T> Ended<T> ended(
            Exchange exchange, Attempt attempt, Flow<T> flow, Begun<T> begun, Question.Answer answer) {
        return store.write(tx -> {
            Verdict verdict = answer.spend(tx, exchange.now());
            if (!(verdict instanceof Verdict.Passed)) return Ended.of(verdict, Optional.empty());
            User user = begun.user().orElseThrow();
            if (!attempt.strategy().equals(Offer.PASSKEY)) Guesses.giveBack(tx, Instance.of(exchange), user.id());
            if (Offer.isOwnCode(attempt.strategy()))
                CodeBudget.giveBack(tx, Instance.of(exchange), CodeBudget.user(user.id()));
            return goOn(tx, attempt, flow, user);
        });
    }

    /** A flow that somebody else has brought on meanwhile refuses; the right attempt is given back all the same. */
    private static <T> Ended<T> goOn(WriteTx tx, Attempt attempt, Flow<T> flow, User user) {
        Verdict passed = new Verdict.Passed();
        User same;
        try {
            same = flow.user(tx).filter(one -> one.id().equals(user.id())).orElseThrow(Errors::strategyNotForUser);
        } catch (Refusal refusal) {
            return new Ended<>(passed, Optional.empty(), Optional.of(refusal));
        }
        return Ended.of(
                passed, Optional.of(flow.proved(tx, same, new Flow.Proof(attempt.strategy(), Optional.empty()))));
    }

    private static Refusal refusal(Instance instance, Attempt attempt, Verdict verdict, int failures) {
        if (verdict instanceof Verdict.Wrong) return wrong(instance, attempt.strategy(), failures);
        if (attempt.strategy().equals(Offer.PASSKEY) && !(verdict instanceof Verdict.Locked))
            return PasskeyErrors.authenticationFailed();
        return verdict.refusal().orElseThrow();
    }

    private static Refusal wrong(Instance instance, String strategy, int failures) {
        FactorSettings settings = instance.settings().factors();
        if (strategy.equals(Offer.PASSKEY)) return PasskeyErrors.authenticationFailed();
        boolean isPassword = strategy.equals(Offer.PASSWORD);
        if (isPassword && settings.strictEnumerationProtection()) return FactorErrors.passwordOrIdentifierIncorrect();
        Refusal refusal = isPassword ? Errors.passwordIncorrect() : Errors.codeIncorrect();
        int left = settings.lockout().attempts() - failures;
        boolean warns = settings.lockout().enabled()
                && !settings.strictEnumerationProtection()
                && failures > 0
                && left <= WARNED_FROM;
        return warns ? refusal.also(FactorErrors.lockoutWarning(Math.max(0, left))) : refusal;
    }

    /** Every factor of the account was proved: earlier failures are forgotten. */
    public void allProved(WriteTx tx, Exchange exchange, String userId) {
        Guesses.forget(tx, Instance.of(exchange), userId);
        CodeBudget.forget(tx, Instance.of(exchange), CodeBudget.user(userId));
    }

    /** Sends a code, or asks for a passkey: whatever the offer needs before it can be taken.
     *
     * @throws Refusal when the account is locked, or a code was sent a moment ago
     */
    public void prepare(WriteTx tx, Exchange exchange, String ownerId, User user, Offer offer) {
        prepare(tx, exchange, ownerId, user, offer, Optional.empty());
    }

    /** Like the other one, for what may be a link as well.
     *
     * @param link what is wished where the offer is a link
     */
    public void prepare(
            WriteTx tx, Exchange exchange, String ownerId, User user, Offer offer, Optional<Links.Wish> link) {
        boolean alike = isAlike(Instance.of(exchange), offer.strategy());
        if (user.lock().isLockedAt(exchange.now()) && !alike)
            throw FactorErrors.userLocked(
                    user.lock().remainingAt(exchange.now()).orElse(Duration.ZERO));
        if (offer.strategy().equals(Offer.PASSKEY)) {
            codes.forget(tx, ownerId);
            passkeys.ask(tx, exchange, ownerId, Optional.of(user));
        } else {
            passkeys.forget(tx, ownerId);
            send(tx, exchange, ownerId, user, offer, link);
        }
    }

    /** Sends a code or the link that is wished to the recipient of an offer, which is the user's. */
    public void send(WriteTx tx, Exchange exchange, String ownerId, User user, Offer offer, Optional<Links.Wish> link) {
        var purpose = purpose(ownerId, Optional.of(user.id()), offer);
        link.ifPresentOrElse(
                wish -> links.send(tx, exchange, wish, purpose),
                () -> codes.prepare(tx, Instance.of(exchange), purpose, exchange.now()));
    }

    /** Sends as many messages as {@link #send} does, to somebody who has no account. */
    public void sendToNobody(WriteTx tx, Exchange exchange, String ownerId, Offer offer, Optional<Links.Wish> link) {
        var purpose = purpose(ownerId, Optional.empty(), offer);
        link.ifPresentOrElse(
                wish -> links.sendToNobody(tx, exchange, wish, purpose),
                () -> codes.prepareForNobody(tx, Instance.of(exchange), purpose, exchange.now()));
    }

    private static Codes.Purpose purpose(String ownerId, Optional<String> userId, Offer offer) {
        return new Codes.Purpose(ownerId, offer.strategy(), offer.identificationId(), userId, offer.recipient());
    }

    /** Asks for a passkey of whoever it may be. */
    public void askAnyPasskey(WriteTx tx, Exchange exchange, String ownerId) {
        passkeys.ask(tx, exchange, ownerId, Optional.empty());
    }

    /** What was sent or asked for a step. */
    public record Prepared(Optional<Verification> code, Optional<Challenge> challenge) {
        /** The same before anything was proved. */
        public Prepared asSent() {
            return new Prepared(code.map(Verification::asSent), challenge);
        }
    }

    public Prepared prepared(Tx tx, String ownerId) {
        return new Prepared(codes.find(tx, ownerId), passkeys.find(tx, ownerId));
    }
}
