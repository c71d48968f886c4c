package dev.usher.factor;

import dev.usher.http.Errors;
import dev.usher.http.FactorErrors;
import dev.usher.instance.Settings;

/** Takes new passwords: checks them against the rules and against those known from breaches, then hashes them. */
public final class NewPasswords {
    private final Passwords passwords;
    private final BreachedPasswords breached;

    public NewPasswords(Passwords passwords, BreachedPasswords breached) {
        this.passwords = passwords;
        this.breached = breached;
    }

    /** The hash to keep. Never inside a transaction.
     *
     * @param field the form field that the password came in
     * @param identifier which the password must not be; empty for none
     * @throws dev.usher.http.Refusal when the password breaks a rule
     */
    public String hash(Settings settings, String field, String password, String identifier) {
        check(settings.passwords(), field, password, identifier);
        if (breached.contains(settings.factors().breachedPasswords(), password))
            throw FactorErrors.passwordPwned(field);
        return passwords.hash(password);
    }

    /** Whether the password is the one behind the hash. */
    public boolean matches(String password, String hash) {
        return passwords.matches(password, hash);
    }

    static void check(Settings.PasswordRules rules, String field, String password, String identifier) {
        if (password.codePointCount(0, password.length()) < rules.minimumLength())
            throw Errors.passwordTooShort(field, rules.minimumLength());
        Passwords.refuseOversized(password);
        if (!identifier.isEmpty() && password.equalsIgnoreCase(identifier))
            throw Errors.passwordMatchesIdentifier(field);
    }
}
