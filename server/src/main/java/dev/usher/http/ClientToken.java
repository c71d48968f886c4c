package dev.usher.http;

import dev.usher.base.Secret;
import java.util.Optional;

/** What a client shows to prove which one it is: its id and its secret, opaque to everybody else. */
public record ClientToken(String clientId, Secret secret) {
    private static final String PREFIX = "client_";
    private static final int ID_LENGTH = PREFIX.length() + 27;
    private static final int SECRET_LENGTH = 43;

    /** Reads a cookie or an Authorization header; anything malformed is no token. */
    public static Optional<ClientToken> parse(String text) {
        return isWellFormed(text)
                ? Optional.of(new ClientToken(text.substring(0, ID_LENGTH), Secret.of(text.substring(ID_LENGTH + 1))))
                : Optional.empty();
    }

    private static boolean isWellFormed(String text) {
        if (text.length() != ID_LENGTH + 1 + SECRET_LENGTH || !text.startsWith(PREFIX)) return false;
        if (text.charAt(ID_LENGTH) != '.') return false;
        for (int i = PREFIX.length(); i < text.length(); i++)
            if (i != ID_LENGTH && !isOneOf(text.charAt(i), i > ID_LENGTH)) return false;
        return true;
    }

    private static boolean isOneOf(char c, boolean ofSecret) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return letter || (ofSecret && (c == '_' || c == '-'));
    }

    /** The text that {@link #parse} reads back. */
    public String reveal() {
        return clientId + "." + secret.reveal();
    }
}
