package dev.usher.user;

import java.time.Instant;
import java.util.Optional;

/**
 * Second factors that are no identifiers.
 *
 * @param totp whether an authenticator app was verified
 * @param backupCodes whether there is a set of backup codes
 * @param enabledAt since when the account has had a second factor
 * @param disabledAt since when it has had none any more
 */
public record SecondFactors(
        boolean totp, boolean backupCodes, Optional<Instant> enabledAt, Optional<Instant> disabledAt) {
    /** What a new account has. */
    public static final SecondFactors NONE = new SecondFactors(false, false, Optional.empty(), Optional.empty());
}
