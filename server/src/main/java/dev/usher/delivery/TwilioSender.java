package dev.usher.delivery;

import dev.usher.base.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Sends SMS by an API of the form that Twilio published and others speak too: form fields To, From and Body. */
public final class TwilioSender implements Sender {
    /**
     * The provider.
     *
     * @param url its address without the path of the API
     * @param from a number of ours or the SID of a messaging service ({@code MG…})
     */
    public record Account(String url, String id, Secret token, String from) {}

    private final HttpPost post = new HttpPost();
    private final Account account;

    public TwilioSender(Account account) {
        this.account = account;
    }

    @Override
    public void send(String id, String recipient, String subject, String body) throws IOException {
        String sender = account.from().startsWith("MG") ? "MessagingServiceSid" : "From";
        String form = field("To", recipient) + '&' + field(sender, account.from()) + '&' + field("Body", body);
        post.send(
                URI.create(account.url() + "/2010-04-01/Accounts/" + account.id() + "/Messages.json"),
                form,
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                "Basic " + credentials(),
                "Idempotency-Key",
                id);
    }

    private static String field(String name, String value) {
        return name + '=' + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String credentials() {
        String pair = account.id() + ':' + account.token().reveal();
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
