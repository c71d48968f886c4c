package dev.usher.instance;

import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import java.net.URI;
import java.util.Locale;

/** The names under which pages of a development instance answer: this machine's, so that no rebound name reaches them. */
public final class OwnNames {
    private OwnNames() {}

    /** Lets a request pass that came under such a name, to a development instance.
     *
     * @throws dev.usher.http.Refusal otherwise
     */
    public static void require(Exchange exchange) {
        if (!exchange.site().isDevelopment()) throw Errors.noSuchRoute();
        String host =
                exchange.header("host").orElse("").toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
        String own =
                String.valueOf(URI.create(Instance.of(exchange).publicUrl()).getHost());
        boolean local = host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.\\d{1,3}){3}")
                || host.equals("[::1]");
        if (!local && !host.equals(own)) throw Errors.hostInvalid();
    }
}
