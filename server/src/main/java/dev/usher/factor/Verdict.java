package dev.usher.factor;

import dev.usher.http.Errors;
import dev.usher.http.FactorErrors;
import dev.usher.http.Refusal;
import java.time.Duration;
import java.util.Optional;

/** How an attempt with a code came out. A value, not an exception: the counted try must be committed with it. */
public sealed interface Verdict {
    /** The code was right and is spent. */
    record Passed() implements Verdict {}

    /** The code was wrong. */
    record Wrong() implements Verdict {}

    /** No try is left; the code was not even looked at. */
    record Exhausted() implements Verdict {}

    /**
     * Too many wrong codes in a row, this one or others; for a while none is looked at.
     *
     * @param alike whether it must look like a wrong one
     */
    record Paused(boolean alike) implements Verdict {}

    /** The code is too old. */
    record Expired() implements Verdict {}

    /** No code was asked for. */
    record NotPrepared() implements Verdict {}

    /** The code was spent before. */
    record Spent() implements Verdict {}

    /** The account is locked; nothing was looked at. */
    record Locked(Duration remaining) implements Verdict {}

    /** Why the request ends; empty when the attempt was right. */
    default Optional<Refusal> refusal() {
        return switch (this) {
            case Passed() -> Optional.empty();
            case Wrong() -> Optional.of(Errors.codeIncorrect());
            case Exhausted() -> Optional.of(Errors.verificationFailed());
            case Paused(boolean alike) -> Optional.of(alike ? Errors.codeIncorrect() : FactorErrors.codesPaused());
            case Expired() -> Optional.of(Errors.verificationExpired());
            case NotPrepared() -> Optional.of(Errors.verificationNotSent());
            case Spent() -> Optional.of(Errors.verificationAlreadyVerified());
            case Locked(Duration remaining) -> Optional.of(FactorErrors.userLocked(remaining));
        };
    }

    /** Ends the request unless the code was right. Call it after the transaction. */
    default void orRefuse() {
        refusal().ifPresent(refusal -> {
            throw refusal;
        });
    }
}
