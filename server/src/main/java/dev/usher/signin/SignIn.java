package dev.usher.signin;

import java.time.Instant;
import java.util.Optional;

/** An attempt to sign in, on its way or finished. */
record SignIn(
        String id,
        String clientId,
        Optional<String> identifier,
        Optional<String> userId,
        Optional<String> firstFactorStrategy,
        Optional<String> createdSessionId,
        Instant abandonAt) {

    /** Its status on the wire. */
    String statusAt(Instant now) {
        if (createdSessionId.isPresent()) return "complete";
        if (!now.isBefore(abandonAt)) return "abandoned";
        return userId.isPresent() ? "needs_first_factor" : "needs_identifier";
    }
}
