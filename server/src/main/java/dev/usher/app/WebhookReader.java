package dev.usher.app;

import dev.usher.base.AddressBlock;
import dev.usher.base.Secret;
import dev.usher.webhook.Endpoints;
import dev.usher.webhook.Senders;
import dev.usher.webhook.Webhooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code webhooks} and {@code instance.webhooks}. */
final class WebhookReader {
    private static final String ENDPOINTS = "instance.webhooks";

    private final ConfigValues values;

    WebhookReader(ConfigValues values) {
        this.values = values;
    }

    Config.WebhookConfig read() {
        List<String> allowed = values.list("webhooks.allowed-addresses");
        Optional<List<AddressBlock>> blocks = AddressBlock.parseAll(allowed);
        if (blocks.isEmpty())
            values.fault("webhooks.allowed-addresses: must be addresses and blocks such as 10.0.0.0/8, not "
                    + String.join(", ", allowed));
        var settings = new Webhooks.Settings(
                blocks.orElse(List.of()),
                values.span("webhooks.patience", Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofSeconds(30)),
                values.span("webhooks.retention", Duration.ofDays(30), Duration.ofDays(1), Duration.ofDays(400)));
        String from = values.text("mail.from").orElse("");
        String mailName = from.replaceFirst("^.*<", "").replaceFirst("@.*$", "");
        return new Config.WebhookConfig(
                settings, new Senders(mailName, values.text("sms.from").orElse("")));
    }

    /** The endpoints that are declared for an instance. */
    List<Endpoints.Draft> endpoints() {
        List<Endpoints.Draft> all = new ArrayList<>();
        Set<String> urls = new HashSet<>();
        for (String item : values.names(ENDPOINTS)) {
            String at = ENDPOINTS + "." + item + ".";
            Optional<Secret> secret = values.secret(at + "secret");
            var draft = new Endpoints.Draft(values.text(at + "url", ""), values.list(at + "events"), secret);
            Endpoints.faultOf(draft).ifPresent(fault -> values.fault(at + "url, events or secret: " + fault));
            if (!urls.add(draft.url())) values.fault(at + "url: stands twice");
            all.add(draft);
        }
        return List.copyOf(all);
    }
}
