package dev.usher.factor;

import dev.usher.http.Errors;

/** How an attempt with a code came out. A value, not an exception: the counted try must be committed with it. */
public sealed interface Verdict {
    /** The code was right and is spent. */
    record Passed() implements Verdict {}

    /** The code was wrong. */
    record Wrong() implements Verdict {}

    /** No try is left; the code was not even looked at. */
    record Exhausted() implements Verdict {}

    /** The code is too old. */
    record Expired() implements Verdict {}

    /** No code was asked for. */
    record NotPrepared() implements Verdict {}

    /** The code was spent before. */
    record Spent() implements Verdict {}

    /** Ends the request unless the code was right. Call it after the transaction. */
    default void orRefuse() {
        switch (this) {
            case Passed() -> {}
            case Wrong() -> throw Errors.codeIncorrect();
            case Exhausted() -> throw Errors.verificationFailed();
            case Expired() -> throw Errors.verificationExpired();
            case NotPrepared() -> throw Errors.verificationNotSent();
            case Spent() -> throw Errors.verificationAlreadyVerified();
        }
    }
}
