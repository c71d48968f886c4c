package dev.usher.base;

import java.time.Duration;

/** Trouble on our side that passes: the edge answers 503 with {@code Retry-After}, never a sign-out. */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public Unavailable(String what, Duration retryAfter) {
        super(what);
        this.retryAfter = retryAfter;
    }

    public Unavailable(String what, Throwable cause) {
        super(what, cause);
        this.retryAfter = Duration.ofSeconds(1);
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
