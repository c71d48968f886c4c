package dev.usher.backend;

import dev.usher.factor.BackupCodes;
import dev.usher.factor.Totp;
import dev.usher.factor.UserSecondFactors;
import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.instance.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The second factors that a server brings along for an account: checked and hashed before any transaction begins. */
final class BroughtFactors {
    private static final int MOST_CODES = 20;

    private final BackupCodes backupCodes;

    BroughtFactors(BackupCodes backupCodes) {
        this.backupCodes = backupCodes;
    }

    /** What the body has of them.
     *
     * @throws dev.usher.http.Refusal for what is no secret or no code, and for what the instance has not switched on
     */
    UserSecondFactors.Brought of(Body body, Instance instance, Instant now) {
        Optional<String> secret = body.text("totp_secret").value();
        List<String> codes = body.texts("backup_codes").value().orElse(List.of());
        if (secret.isPresent() && !instance.settings().factors().authenticatorApp())
            throw Errors.invalidValue("totp_secret", "This instance has no authenticator apps.");
        if (secret.filter(text -> !Totp.isSecret(text)).isPresent())
            throw Errors.invalidFormat("totp_secret", "totp_secret is base32 of 10 to 64 bytes.");
        if (!codes.isEmpty() && !instance.settings().factors().backupCodes())
            throw Errors.invalidValue("backup_codes", "This instance has no backup codes.");
        if (codes.size() > MOST_CODES || codes.stream().anyMatch(String::isBlank))
            throw Errors.invalidValue(
                    "backup_codes", "backup_codes are " + MOST_CODES + " at most, and none is empty.");
        return new UserSecondFactors.Brought(
                secret, codes.isEmpty() ? Optional.empty() : Optional.of(backupCodes.given(codes, now)));
    }
}
