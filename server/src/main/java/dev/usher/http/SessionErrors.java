package dev.usher.http;

/** Refusals about sessions and clients as servers see them. */
public final class SessionErrors {
    private SessionErrors() {}

    public static Refusal creationNotAllowed() {
        return new Refusal(
                409,
                "session_creation_not_allowed",
                "not allowed",
                "Sessions are made by servers in development instances only; use a sign-in token.");
    }

    public static Refusal clientNotFound() {
        return new Refusal(400, "client_not_found", "not found", "The token is none of a client of this instance.");
    }
}
