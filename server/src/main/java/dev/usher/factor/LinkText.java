package dev.usher.factor;

import dev.usher.delivery.Channel;
import dev.usher.delivery.Message;
import dev.usher.instance.FactorSettings;
import dev.usher.instance.Settings;
import java.time.Instant;
import java.util.Optional;

/** The messages in which links travel. */
final class LinkText {
    private LinkText() {}

    static Message of(Settings settings, Link.Aim aim, String recipient, String url, Instant notAfter) {
        FactorSettings.EmailAddresses links = settings.factors().emailAddresses();
        String purpose = purpose(aim, settings.applicationName());
        String body = """
                To %s, open this link%s:

                    %s

                It is valid for %d minutes and can be used once. If you did not ask for it, do not open it: ignore this message.
                """.formatted(
                        purpose,
                        links.sameClient() ? " in the browser in which you asked for it" : "",
                        url,
                        links.linkValidity().toMinutes());
        String subject = Character.toUpperCase(purpose.charAt(0)) + purpose.substring(1);
        return new Message(Channel.EMAIL, recipient, subject, body, Optional.empty(), Optional.of(url), notAfter);
    }

    private static String purpose(Link.Aim aim, String application) {
        return switch (aim) {
            case SIGN_IN -> "sign in to " + application;
            case SIGN_UP -> "sign up for " + application;
            case ADDRESS -> "verify your e-mail address for " + application;
        };
    }
}
