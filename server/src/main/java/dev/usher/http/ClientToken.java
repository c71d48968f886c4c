package dev.usher.http;

import dev.usher.base.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a client shows to prove which one it is: its id and its secret, opaque to everybody else. */
public record ClientToken(String clientId, Secret secret) {
    private static final Pattern FORM = Pattern.compile("(client_[0-9A-Za-z]{27})\\.([0-9A-Za-z_-]{43})");

    /** Reads a cookie or an Authorization header; anything malformed is no token. */
    public static Optional<ClientToken> parse(String text) {
        var match = FORM.matcher(text);
        return match.matches()
                ? Optional.of(new ClientToken(match.group(1), Secret.of(match.group(2))))
                : Optional.empty();
    }

    /** The text that {@link #parse} reads back. */
    public String reveal() {
        return clientId + "." + secret.reveal();
    }
}
