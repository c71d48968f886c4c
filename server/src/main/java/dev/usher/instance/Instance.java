package dev.usher.instance;

import dev.usher.http.Exchange;
import dev.usher.http.Origins;
import dev.usher.http.Site;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * One deployment of one application, with its own keys, settings, users and data.
 *
 * @param frontendApiHost the host inside the publishable key; in development a name that leads nowhere
 * @param publicUrl the origin under which browsers reach this server; behind a proxy the proxy's
 */
public record Instance(String id, boolean isDevelopment, String frontendApiHost, String publicUrl, Settings settings)
        implements Site {

    /** The instance that a request is for. */
    public static Instance of(Exchange exchange) {
        if (exchange.site() instanceof Instance instance) return instance;
        throw new IllegalStateException("a site that is no instance");
    }

    /** What apps are configured with: the host in a form that SDKs read. */
    public String publishableKey() {
        byte[] host = (frontendApiHost + "$").getBytes(StandardCharsets.UTF_8);
        return (isDevelopment ? "pk_test_" : "pk_live_")
                + Base64.getEncoder().withoutPadding().encodeToString(host);
    }

    /** The issuer of every token: the host of the publishable key, with a proxy too. */
    public String issuer() {
        return "https://" + frontendApiHost;
    }

    /** A development instance accepts every origin; in production the instance's own domain and the listed ones. */
    @Override
    public boolean allowsOrigin(String origin) {
        return isDevelopment || settings.allowedOrigins().contains(origin) || isOwn(origin);
    }

    private boolean isOwn(String origin) {
        String domain = frontendApiHost.startsWith("clerk.") ? frontendApiHost.substring(6) : frontendApiHost;
        boolean wellFormed = Origins.ofUrl(origin).filter(origin::equals).isPresent();
        return wellFormed
                && (origin.equals("https://" + domain) || isBelow(origin, domain) || origin.equals(publicUrl));
    }

    private static boolean isBelow(String origin, String domain) {
        return origin.startsWith("https://") && origin.endsWith("." + domain);
    }

    Instance with(Settings others) {
        return new Instance(id, isDevelopment, frontendApiHost, publicUrl, others);
    }
}
