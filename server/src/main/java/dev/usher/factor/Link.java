package dev.usher.factor;

import java.time.Instant;
import java.util.Locale;

/**
 * A link that was sent to an e-mail address.
 *
 * @param verificationId what it proves; there is none any more when something newer was sent
 * @param ownerId the sign-in, the sign-up or the address that it was sent for
 * @param clientId the client that asked for it
 * @param redirectUrl the page of the application that the browser ends on
 * @param isOpen whether it was neither spent nor replaced
 */
public record Link(
        Aim aim,
        String verificationId,
        String ownerId,
        String clientId,
        String redirectUrl,
        Instant expireAt,
        boolean isOpen) {

    /** What a link is sent for. */
    public enum Aim {
        SIGN_IN,
        SIGN_UP,
        ADDRESS;

        String kept() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Aim ofKept(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public boolean isExpiredAt(Instant now) {
        return !now.isBefore(expireAt);
    }
}
