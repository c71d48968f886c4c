package dev.usher.http;

/** Refusals around accounts that servers administer. */
public final class UserErrors {
    private UserErrors() {}

    public static Refusal dataMissing(String param) {
        return new Refusal(
                        422,
                        "form_data_missing",
                        "missing data",
                        "This instance requires " + param + " of its users; " + param + " is missing.")
                .param(param);
    }

    public static Refusal usernameLength(int least, int most) {
        return new Refusal(
                        422,
                        "form_username_invalid_length",
                        "has the wrong length",
                        "A username has " + least + " to " + most + " characters.")
                .param("username");
    }

    public static Refusal usernameCharacter() {
        return new Refusal(
                        422,
                        "form_username_invalid_character",
                        "has a character that is not allowed",
                        "A username has letters, digits, hyphens and underscores only.")
                .param("username");
    }

    public static Refusal usernameNeedsLetter() {
        return new Refusal(
                        422,
                        "form_username_needs_non_number_char",
                        "has digits only",
                        "A username has at least one character that is no digit.")
                .param("username");
    }

    public static Refusal invalidTime(String param) {
        return new Refusal(
                        422,
                        "form_param_invalid_time",
                        "is no time",
                        param + " must be a time in the past as RFC 3339 writes it, such as 2012-10-20T07:15:20.902Z.")
                .param(param);
    }

    public static Refusal noPasswordSet() {
        return new Refusal(400, "no_password_set", "no password", "This user has no password.");
    }

    public static Refusal incorrectPassword() {
        return new Refusal(422, "incorrect_password", "password incorrect", "This is not the password of this user.");
    }

    public static Refusal passwordCompromised() {
        return new Refusal(
                        422,
                        "form_password_compromised",
                        "is compromised",
                        "This password has become known to others. Sign in another way and choose a new one.")
                .param("password");
    }

    public static Refusal lengthsDiffer(String param, String other) {
        return new Refusal(
                        422,
                        "form_param_array_length_mismatch",
                        "has another length",
                        param + " must have one element for each of " + other + ".")
                .param(param);
    }

    public static Refusal lastIdentification() {
        return new Refusal(
                400,
                "last_required_identification_deletion_failed",
                "cannot be deleted",
                "This is the last identifier that the user can sign in with.");
    }

    /** A primary address has to be one that the user has proved to own. */
    public static Refusal identificationUpdateFailed(String why) {
        return new Refusal(400, "identification_update_failed", "cannot be changed so", why);
    }
}
