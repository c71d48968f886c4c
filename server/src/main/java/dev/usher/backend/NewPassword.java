package dev.usher.backend;

import dev.usher.factor.NewPasswords;
import dev.usher.factor.Passwords;
import dev.usher.factor.digest.PasswordDigest;
import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.instance.Instance;
import java.util.Optional;

/** The password that a server sets for an account: hashed before any transaction begins. */
final class NewPassword {
    private final Passwords passwords;
    private final NewPasswords newPasswords;

    NewPassword(Passwords passwords, NewPasswords newPasswords) {
        this.passwords = passwords;
        this.newPasswords = newPasswords;
    }

    /** The hash to keep, when the body has a password.
     *
     * @throws dev.usher.http.Refusal when the password breaks the rules and the body does not ask to skip them
     */
    Optional<String> hash(Body body, Instance instance, String emailAddress) {
        Optional<String> password = body.text("password").value();
        Optional<String> digest = body.text("password_digest").value();
        Optional<String> hasher = body.text("password_hasher").value();
        boolean unchecked = AccountFields.isSet(body, "skip_password_checks");
        if (digest.isPresent() || hasher.isPresent()) return Optional.of(foreign(password, digest, hasher));
        if (password.isEmpty()) return Optional.empty();
        if (password.get().isEmpty()) throw Errors.empty("password");
        return Optional.of(
                unchecked
                        ? passwords.hash(password.get())
                        : newPasswords.hash(instance.settings(), "password", password.get(), emailAddress));
    }

    /** A hash that was made elsewhere; it is replaced by one of our own when the person signs in. */
    private static String foreign(Optional<String> password, Optional<String> digest, Optional<String> hasher) {
        if (password.isPresent()) throw Errors.invalidValue("password_digest", "A password or its digest is given.");
        return PasswordDigest.of(
                        hasher.orElseThrow(() -> Errors.missing("password_hasher")),
                        digest.orElseThrow(() -> Errors.missing("password_digest")))
                .stored();
    }
}
