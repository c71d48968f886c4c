package dev.usher.factor;

import dev.usher.http.Exchange;
import dev.usher.http.PasskeyErrors;
import dev.usher.http.UserErrors;
import dev.usher.instance.Instance;
import dev.usher.store.WriteTx;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What has to be looked at for each strategy that is slow to look at, and what is spent when it was right. */
public final class Questions {
    private final Users users;
    private final Passwords passwords;
    private final Totp totp;
    private final BackupCodes backupCodes;
    private final Passkeys passkeys;

    public Questions(Users users, Passwords passwords, Totp totp, BackupCodes backupCodes, Passkeys passkeys) {
        this.users = users;
        this.passwords = passwords;
        this.totp = totp;
        this.backupCodes = backupCodes;
        this.passkeys = passkeys;
    }

    /** The question of an attempt; nobody's has the same cost as somebody's. */
    Question of(WriteTx tx, Exchange exchange, Factors.Attempt attempt, String ownerId, Optional<User> user) {
        return switch (attempt.strategy()) {
            case Offer.PASSWORD -> password(exchange, attempt.value(), user);
            case Offer.TOTP ->
                user.map(one -> totp(tx, attempt.value(), one.id(), exchange.now()))
                        .orElse(Question.Answer::wrong);
            case Offer.BACKUP_CODE ->
                user.map(one -> backupCode(tx, attempt.value(), one.id())).orElse(Question.Answer::wrong);
            case Offer.PASSKEY ->
                user.map(one -> passkey(tx, exchange, attempt.value(), ownerId, one))
                        .orElse(Question.Answer::wrong);
            default -> throw new IllegalStateException("no question for " + attempt.strategy());
        };
    }

    private Question password(Exchange exchange, String password, Optional<User> user) {
        Optional<String> kept = user.flatMap(User::passwordHash);
        String hash = kept.orElseGet(Passwords::nobodysHash);
        return () -> {
            if (!passwords.matches(password, hash) || kept.isEmpty()) return Question.Answer.wrong();
            if (user.orElseThrow().terms().passwordCompromised()) throw UserErrors.passwordCompromised();
            Optional<String> newer =
                    Passwords.isOutdated(hash) ? Optional.of(passwords.hash(password)) : Optional.empty();
            return (tx, now) -> spendPassword(tx, exchange, user.orElseThrow(), hash, newer);
        };
    }

    /** The password must still be the one that was looked at. */
    private Verdict spendPassword(WriteTx tx, Exchange exchange, User looked, String hash, Optional<String> newer) {
        boolean stands = users.find(tx, Instance.of(exchange), looked.id())
                .filter(user -> isSamePassword(looked, user))
                .isPresent();
        if (!stands) return new Verdict.Wrong();
        newer.ifPresent(fresh -> users.rehashed(tx, looked.id(), hash, fresh));
        return new Verdict.Passed();
    }

    /** Under the same hash, or under a better one that another sign-in has put there: that leaves the time of the change. */
    private static boolean isSamePassword(User looked, User user) {
        return user.passwordHash().equals(looked.passwordHash())
                || (user.passwordHash().isPresent() && user.passwordUpdatedAt().equals(looked.passwordUpdatedAt()));
    }

    private Question totp(WriteTx tx, String code, String userId, Instant now) {
        Optional<Totp.Kept> kept = totp.find(tx, userId, true);
        return () -> {
            OptionalLong step = kept.map(one -> totp.step(one, code, now)).orElseGet(OptionalLong::empty);
            if (step.isEmpty()) return Question.Answer.wrong();
            String id = kept.orElseThrow().id();
            return (then, at) ->
                    totp.spend(then, id, step.getAsLong(), at) ? new Verdict.Passed() : new Verdict.Wrong();
        };
    }

    private Question backupCode(WriteTx tx, String code, String userId) {
        Optional<BackupCodes.Kept> kept = backupCodes.find(tx, userId);
        return () -> {
            if (kept.isEmpty()) return Question.Answer.wrong();
            String hash = backupCodes.hash(code, kept.get());
            return (then, at) ->
                    backupCodes.spend(then, kept.get().id(), hash, at) ? new Verdict.Passed() : new Verdict.Wrong();
        };
    }

    private Question passkey(WriteTx tx, Exchange exchange, String text, String ownerId, User user) {
        PasskeyAnswer answer = PasskeyAnswer.parse(text);
        Passkeys.Kept kept = passkeys.byAnswer(tx, Instance.of(exchange), answer)
                .filter(one -> one.userId().equals(user.id()))
                .orElseThrow(PasskeyErrors::notRegistered);
        Optional<Challenge> challenge = passkeys.spent(tx, ownerId, exchange.now());
        if (challenge.isEmpty()) return () -> (then, at) -> new Verdict.NotPrepared();
        return () -> passkeys.asserted(exchange, answer, kept, challenge.get())
                .<Question.Answer>map(asserted -> (then, at) ->
                        passkeys.used(then, kept, asserted, at) ? new Verdict.Passed() : new Verdict.Wrong())
                .orElseGet(Question.Answer::wrong);
    }
}
