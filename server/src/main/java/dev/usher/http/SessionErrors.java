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

    /** As many sessions as may be are open, and none of them gives way. */
    public static Refusal tooManySessions() {
        return new Refusal(
                409,
                "session_creation_not_allowed",
                "session not allowed",
                "As many sessions are open already as there may be. Sign out of another one first.");
    }

    public static Refusal clientNotFound() {
        return new Refusal(400, "client_not_found", "not found", "The token is none of a client of this instance.");
    }
}
