package dev.usher.app;

import dev.usher.base.Secret;
import dev.usher.delivery.Sender;
import dev.usher.delivery.TwilioSender;
import dev.usher.delivery.WebhookSender;
import java.net.URI;
import java.util.Optional;

/** Reads who carries SMS. */
final class SmsReader {
    private final ConfigValues values;

    SmsReader(ConfigValues values) {
        this.values = values;
    }

    /** The sender; empty when none is configured. */
    Optional<Sender> read() {
        String provider = values.text("sms.provider", "off");
        Optional<String> url = values.text("sms.url");
        Optional<String> account = values.text("sms.account");
        Optional<Secret> token = values.secret("sms.token");
        Optional<String> from = values.text("sms.from");
        url.filter(text -> !text.matches("https?://[^\\s/]+(/[^\\s]*)?"))
                .ifPresent(wrong -> values.fault("sms.url: must be an http or https address, not " + wrong));
        return switch (provider) {
            case "off" -> Optional.empty();
            case "twilio" -> twilio(url, account, token, from);
            case "webhook" -> webhook(url, token);
            default -> {
                values.fault("sms.provider: must be off, twilio or webhook, not " + provider);
                yield Optional.empty();
            }
        };
    }

    private Optional<Sender> twilio(
            Optional<String> url, Optional<String> account, Optional<Secret> token, Optional<String> from) {
        if (account.isEmpty()) values.fault("sms.account: is required with sms.provider twilio");
        if (token.isEmpty()) values.fault("sms.token: is required with sms.provider twilio");
        if (from.isEmpty()) values.fault("sms.from: is required with sms.provider twilio");
        if (account.isEmpty() || token.isEmpty() || from.isEmpty()) return Optional.empty();
        String base = url.orElse("https://api.twilio.com").replaceAll("/+$", "");
        return Optional.of(new TwilioSender(new TwilioSender.Account(base, account.get(), token.get(), from.get())));
    }

    private Optional<Sender> webhook(Optional<String> url, Optional<Secret> token) {
        if (url.isEmpty()) values.fault("sms.url: is required with sms.provider webhook");
        return url.filter(text -> text.matches("https?://[^\\s/]+(/[^\\s]*)?"))
                .map(text -> new WebhookSender(URI.create(text), token));
    }
}
