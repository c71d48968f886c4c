package dev.usher.backend;

import dev.usher.factor.Passwords;
import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.instance.Instance;
import java.util.Optional;

/** The password that a server sets for an account: hashed before any transaction begins. */
final class NewPassword {
    private final Passwords passwords;

    NewPassword(Passwords passwords) {
        this.passwords = passwords;
    }

    /** The hash to keep, when the body has a password.
     *
     * @throws dev.usher.http.Refusal when the password breaks the rules and the body does not ask to skip them
     */
    Optional<String> hash(Body body, Instance instance, String emailAddress) {
        Optional<String> password = body.text("password").value();
        boolean unchecked = AccountFields.isSet(body, "skip_password_checks");
        if (body.text("password_digest").value().isPresent())
            throw Errors.invalidValue("password_digest", "Digests of passwords cannot be brought along.");
        if (password.isEmpty()) return Optional.empty();
        if (password.get().isEmpty()) throw Errors.empty("password");
        if (!unchecked)
            Passwords.check(password.get(), emailAddress, instance.settings().passwords());
        else Passwords.refuseOversized(password.get());
        return Optional.of(passwords.hash(password.get()));
    }
}
