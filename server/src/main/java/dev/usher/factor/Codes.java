package dev.usher.factor;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.base.Vault;
import dev.usher.delivery.Channel;
import dev.usher.delivery.Message;
import dev.usher.delivery.Outbox;
import dev.usher.http.Errors;
import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.EmailAddress;
import dev.usher.user.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One-time codes of six digits: sent, counted, compared and spent. Keeps what was sent for links as well. */
public final class Codes {
    private static final String TEST_CODE = "424242";

    private final Vault vault;
    private final Ids ids;
    private final Randomness randomness;
    private final Outbox outbox;

    public Codes(Vault vault, Ids ids, Randomness randomness, Outbox outbox) {
        this.vault = vault;
        this.ids = ids;
        this.randomness = randomness;
        this.outbox = outbox;
    }

    /**
     * What a code is sent for.
     *
     * @param strategy one that ends with {@code phone_code} sends it by SMS, any other by e-mail
     * @param userId whose account it proves something for; empty where there is none yet
     * @param recipient the e-mail address or the phone number
     */
    public record Purpose(
            String ownerId,
            String strategy,
            Optional<String> identificationId,
            Optional<String> userId,
            String recipient) {
        Channel channel() {
            return strategy.endsWith("phone_code") ? Channel.SMS : Channel.EMAIL;
        }

        /** Whether it is for a published test address or number, to which nothing is sent. */
        boolean isTestIn(Instance instance) {
            boolean isTest = channel() == Channel.SMS ? PhoneNumber.isTest(recipient) : EmailAddress.isTest(recipient);
            return instance.settings().testMode() && isTest;
        }
    }

    public Optional<Verification> find(Tx tx, String ownerId) {
        return VerificationStore.find(tx, ownerId);
    }

    /** Sends a new code, which voids the one before.
     *
     * @throws dev.usher.http.Refusal within the pause after the last one
     */
    public Verification prepare(WriteTx tx, Instance instance, Purpose purpose, Instant now) {
        return prepare(tx, instance, purpose, true, now);
    }

    /** Does all that {@link #prepare} does, but tells the recipient that there is no account. */
    Verification prepareForNobody(WriteTx tx, Instance instance, Purpose purpose, Instant now) {
        return prepare(tx, instance, purpose, false, now);
    }

    private Verification prepare(WriteTx tx, Instance instance, Purpose purpose, boolean hasAccount, Instant now) {
        boolean isTest = purpose.isTestIn(instance);
        if (purpose.channel() == Channel.SMS && !isTest)
            PhoneNumber.requireAllowed(
                    purpose.recipient(),
                    instance.settings().factors().phoneNumbers().countries());
        String code = isTest ? TEST_CODE : randomness.sixDigits();
        Verification made = replaced(tx, instance, purpose, code, now);
        if (!isTest) outbox.add(tx, instance.id(), message(instance, purpose, hasAccount, code, made), now);
        return made;
    }

    /** Puts a fresh verification in the place of the one before.
     *
     * @param code what proves it, a code or a link's secret
     * @throws dev.usher.http.Refusal within the pause after the last one
     */
    Verification replaced(WriteTx tx, Instance instance, Purpose purpose, String code, Instant now) {
        Settings settings = instance.settings();
        find(tx, purpose.ownerId())
                .ifPresent(last -> refuseWithinPause(last, settings.codes().resendPause(), now));
        Verification made = make(purpose, code, settings, now);
        VerificationStore.replace(tx, instance.id(), purpose.ownerId(), made);
        return made;
    }

    private static void refuseWithinPause(Verification last, Duration pause, Instant now) {
        Instant again = last.createdAt().plus(pause);
        boolean counts = last.verifiedAt().isEmpty() && now.isBefore(again);
        if (counts) throw Errors.codeSentRecently(Duration.between(now, again));
    }

    private Verification make(Purpose purpose, String code, Settings settings, Instant now) {
        String id = ids.next("ver", now);
        Duration validity = purpose.strategy().equals(Offer.EMAIL_LINK)
                ? settings.factors().emailAddresses().linkValidity()
                : settings.codes().validity();
        return new Verification(
                id,
                purpose.strategy(),
                purpose.identificationId(),
                vault.codeHash(code, id),
                0,
                settings.codes().tries(),
                now.plus(validity),
                Optional.empty(),
                purpose.userId(),
                Optional.of(purpose.recipient()),
                Optional.empty(),
                now);
    }

    private static Message message(
            Instance instance, Purpose purpose, boolean hasAccount, String code, Verification made) {
        Message message = CodeText.of(instance.settings(), purpose, code, made.expireAt());
        return hasAccount ? message : CodeText.noAccount(instance.settings(), purpose, made.expireAt());
    }

    /** Counts a try, then compares. The verdict must be acted upon outside the transaction, so that the count stays. */
    public Verdict attempt(WriteTx tx, Instance instance, String ownerId, String strategy, String code, Instant now) {
        Optional<Verification> found =
                find(tx, ownerId).filter(one -> one.strategy().equals(strategy));
        return found.map(one -> attempt(tx, instance, one, code, now)).orElseGet(Verdict.NotPrepared::new);
    }

    private Verdict attempt(WriteTx tx, Instance instance, Verification verification, String code, Instant now) {
        if (!VerificationStore.countTry(tx, verification.id(), now)) return refusedUnseen(verification, now);
        if (!CodeBudget.claim(tx, instance, verification.budgets(), now)) return paused(tx, instance, verification);
        String shown = vault.codeHash(code, verification.id());
        if (!Secret.constantTimeEquals(shown, verification.codeHash())) return new Verdict.Wrong();
        verification.budgets().forEach(budget -> CodeBudget.giveBack(tx, instance, budget));
        return VerificationStore.spend(tx, verification.id(), now) ? new Verdict.Passed() : new Verdict.Spent();
    }

    /** The code keeps its tries; but where nobody may notice whose address it is, it wears off like anybody's. */
    private static Verdict paused(WriteTx tx, Instance instance, Verification verification) {
        boolean alike = instance.settings().factors().strictEnumerationProtection();
        if (!alike) VerificationStore.giveBackTry(tx, verification.id());
        return new Verdict.Paused(alike);
    }

    private static Verdict refusedUnseen(Verification verification, Instant now) {
        return switch (verification.statusAt(now)) {
            case "verified" -> new Verdict.Spent();
            case "failed" -> new Verdict.Exhausted();
            default -> new Verdict.Expired();
        };
    }

    /** Forgets the code of an owner, so that none sent before counts any longer. */
    public void forget(WriteTx tx, String ownerId) {
        VerificationStore.delete(tx, ownerId);
    }

    /** Forgets codes that expired a day ago, and counts of wrong ones that are of no use any more; tells how many. */
    public int sweep(WriteTx tx, Instant now) {
        return VerificationStore.sweep(tx, now.minus(Duration.ofDays(1))) + CodeBudget.sweep(tx, now);
    }
}
