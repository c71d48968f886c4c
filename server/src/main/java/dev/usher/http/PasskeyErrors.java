package dev.usher.http;

/** Refusals around passkeys. */
public final class PasskeyErrors {
    private PasskeyErrors() {}

    public static Refusal credentialInvalid() {
        return new Refusal(
                        422,
                        "passkey_invalid_public_key_credential",
                        "is invalid",
                        "The passkey's answer could not be read.")
                .param("public_key_credential");
    }

    public static Refusal authenticationFailed() {
        return new Refusal(
                400, "passkey_authentication_failure", "passkey refused", "The passkey could not be verified.");
    }

    public static Refusal registrationFailed() {
        return new Refusal(
                400, "passkey_registration_failure", "passkey refused", "The passkey could not be registered.");
    }

    public static Refusal notRegistered() {
        return new Refusal(
                404, "passkey_not_registered", "passkey unknown", "This passkey is not registered for an account.");
    }

    public static Refusal quotaExceeded() {
        return new Refusal(403, "passkey_quota_exceeded", "too many passkeys", "Remove a passkey before you add one.");
    }
}
