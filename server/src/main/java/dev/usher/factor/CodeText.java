package dev.usher.factor;

import dev.usher.delivery.Channel;
import dev.usher.delivery.Message;
import dev.usher.instance.Settings;
import java.time.Instant;
import java.util.Optional;

/** The messages in which codes travel. */
final class CodeText {
    private CodeText() {}

    static Message of(Settings settings, Codes.Purpose purpose, String code, Instant notAfter) {
        String app = settings.applicationName();
        String headline = code + " is your verification code for " + app;
        if (purpose.channel() == Channel.SMS)
            return sms(purpose, headline + ". Do not share it with anyone.", Optional.of(code), notAfter);
        String body = """
                Your verification code for %s is:

                    %s

                It is valid for %d minutes and can be used once. If you did not ask for it, you can ignore this message.
                """.formatted(app, code, settings.codes().validity().toMinutes());
        return mail(purpose, headline, body, Optional.of(code), notAfter);
    }

    /** What somebody without an account reads when an account is asked for under their address or number. */
    static Message noAccount(Settings settings, Codes.Purpose purpose, Instant notAfter) {
        String app = settings.applicationName();
        if (purpose.channel() == Channel.SMS)
            return sms(purpose, "There is no account for this number at " + app + ".", Optional.empty(), notAfter);
        String body = """
                Somebody tried to sign in to %s with your e-mail address, for which there is no account.

                If it was you, sign up first or use another address. If it was not, you can ignore this message.
                """.formatted(app);
        return mail(purpose, "Sign-in to " + app, body, Optional.empty(), notAfter);
    }

    private static Message sms(Codes.Purpose purpose, String body, Optional<String> code, Instant notAfter) {
        return new Message(Channel.SMS, purpose.recipient(), "", body, code, notAfter);
    }

    private static Message mail(
            Codes.Purpose purpose, String subject, String body, Optional<String> code, Instant notAfter) {
        return new Message(Channel.EMAIL, purpose.recipient(), subject, body, code, notAfter);
    }
}
