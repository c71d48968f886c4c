package dev.usher.http;

/** Refusals of passwords that come as hashes. */
public final class PasswordErrors {
    private PasswordErrors() {}

    public static Refusal digestInvalid(String hasher) {
        return new Refusal(
                        422,
                        "form_password_digest_invalid_code",
                        "is invalid",
                        "The password digest is no " + hasher + " digest, or its cost is above what is allowed.")
                .param("password_digest");
    }

    public static Refusal hasherUnknown() {
        return new Refusal(
                        422,
                        "form_param_value_invalid",
                        "is invalid",
                        "The password hasher is none of the supported ones.")
                .param("password_hasher");
    }
}
