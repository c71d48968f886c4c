package dev.usher.base;

import java.util.Optional;

/**
 * Where the request came from that work is done for.
 *
 * @param address the caller's, as far as it can be believed
 */
public record Origin(Optional<String> address, Optional<String> userAgent) {
    /** Of work that no request asked for. */
    public static final Origin NONE = new Origin(Optional.empty(), Optional.empty());

    /** Bound while a request is answered. */
    public static final ScopedValue<Origin> CURRENT = ScopedValue.newInstance();

    /** Of the work that this thread does. */
    public static Origin current() {
        return CURRENT.orElse(NONE);
    }
}
