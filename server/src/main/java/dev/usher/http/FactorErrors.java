package dev.usher.http;

import java.time.Duration;

/** Refusals around factors: identifiers, codes, second factors, passkeys, reverification, guessing. */
public final class FactorErrors {
    private FactorErrors() {}

    // Identifiers.

    public static Refusal countryNotSupported(String country, String callingCode) {
        return new Refusal(
                        403,
                        "unsupported_country_code",
                        "country not supported",
                        "Messages to phone numbers of this country are not supported here.")
                .meta("alpha2", country)
                .meta("country_code", callingCode);
    }

    public static Refusal tooManyUnverified() {
        return new Refusal(
                400,
                "too_many_unverified_identifications",
                "too many unverified",
                "Verify or remove some of your e-mail addresses and phone numbers before you add another.");
    }

    public static Refusal identifierClaimed() {
        return new Refusal(
                400,
                "identification_claimed",
                "already taken",
                "Somebody else has verified this identifier in the meantime.");
    }

    public static Refusal lastIdentifier() {
        return new Refusal(
                400,
                "last_required_identification_deletion_failed",
                "last identifier",
                "You cannot give up the last identifier that you can sign in with.");
    }

    public static Refusal secondFactorUnverified() {
        return new Refusal(
                400,
                "identification_update_second_factor_unverified",
                "not verified",
                "A phone number must be verified before it becomes a second factor.");
    }

    // Reverification.

    public static Refusal reverificationRequired() {
        return new Refusal(
                403,
                "session_reverification_required",
                "reverification required",
                "Prove once more who you are before you change this.");
    }

    public static Refusal reverificationMissing() {
        return new Refusal(
                400,
                "session_reverification_missing",
                "reverification missing",
                "This session is not being reverified. Start that first.");
    }

    public static Refusal reverificationStage() {
        return new Refusal(
                400,
                "invalid_action_for_session_reverification",
                "not the step that is due",
                "This step is not the one that the reverification waits for.");
    }

    public static Refusal noSecondFactors() {
        return new Refusal(
                400, "no_second_factors", "no second factors", "This account has no second factor to prove.");
    }

    // Passwords and second factors of one's own account.

    public static Refusal noPasswordSet() {
        return new Refusal(400, "no_password_set", "no password", "This account has no password.");
    }

    public static Refusal newPasswordMatchesCurrent() {
        return newPasswordMatchesCurrent("new_password");
    }

    public static Refusal newPasswordMatchesCurrent(String field) {
        return new Refusal(
                        422,
                        "form_new_password_matches_current",
                        "matches the present one",
                        "The new password is the present one. Choose another.")
                .param(field);
    }

    /** Everybody here needs a second factor: the last one stays until there is another. */
    public static Refusal lastSecondFactorStays() {
        return new Refusal(
                400,
                "second_factor_deletion_not_allowed",
                "not allowed",
                "A second factor is required here. Add another one before you remove this one.");
    }

    public static Refusal passwordPwned(String param) {
        return new Refusal(
                        422,
                        "form_password_pwned",
                        "is known from a breach",
                        "This password has been found in a data breach. Choose another.")
                .param(param);
    }

    public static Refusal totpAlreadyEnabled() {
        return new Refusal(
                400, "totp_already_enabled", "already enabled", "This account has an authenticator app already.");
    }

    public static Refusal totpDisabled() {
        return new Refusal(
                400, "totp_disabled", "not enabled", "This account has no authenticator app and no backup codes.");
    }

    public static Refusal totpIncorrectCode() {
        return new Refusal(
                        422, "totp_incorrect_code", "is incorrect", "The code is wrong, or it has been used already.")
                .param("code");
    }

    public static Refusal backupCodesNotAvailable() {
        return new Refusal(
                400,
                "backup_codes_not_available",
                "not available",
                "Backup codes are for accounts with another second factor.");
    }

    // Guessing.

    public static Refusal userLocked(Duration remaining) {
        String when = remaining.isZero()
                ? "until an administrator unlocks it."
                : "for " + Math.ceilDiv(remaining.toSeconds(), 60) + " more minutes.";
        Refusal refusal = new Refusal(403, "user_locked", "account locked", "This account is locked " + when);
        return remaining.isZero() ? refusal : refusal.meta("lockout_expires_in_seconds", remaining.toSeconds());
    }

    /** Said beside the refusal of a wrong attempt. */
    public static Refusal lockoutWarning(int attemptsLeft) {
        return new Refusal(
                422,
                "account_lockout_warning",
                "account about to be locked",
                "The account is locked after " + attemptsLeft + " more failed attempts.");
    }

    public static Refusal passwordOrIdentifierIncorrect() {
        return new Refusal(
                        422,
                        "form_password_or_identifier_incorrect",
                        "is incorrect",
                        "The identifier or the password is incorrect. Try again, or use another method.")
                .param("password");
    }

    /** After too many wrong codes in a row, on whatever route. */
    public static Refusal codesPaused() {
        return new Refusal(
                400,
                "verification_failed",
                "failed",
                "Too many wrong codes in a row. Wait a moment before you try again.");
    }

    public static Refusal tooManyRequests(Duration wait) {
        long seconds = Math.ceilDiv(wait.toMillis(), 1000);
        return new Refusal(
                        429,
                        "too_many_requests",
                        "too many requests",
                        "Too many requests. Try again in " + seconds + " s.")
                .retryAfter(seconds);
    }
}
