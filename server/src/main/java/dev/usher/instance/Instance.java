package dev.usher.instance;

import dev.usher.http.Exchange;
import dev.usher.http.Origins;
import dev.usher.http.Site;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    /** The origin under which the caller's browser reaches the instance. */
    public static String origin(Exchange exchange) {
        Instance instance = of(exchange);
        return instance.isDevelopment() ? exchange.ownOrigin() : instance.publicUrl();
    }

    /** The domain that the instance's pages and the Frontend API share; cookies for all of them are set on it. */
    public String domain() {
        String host = frontendApiHost.replaceFirst(":\\d+$", "");
        return host.startsWith("clerk.") ? host.substring(6) : host;
    }

    /** By which cookies of several instances on one host are told apart: a short hash of the publishable key. */
    public String cookieSuffix() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest(publishableKey().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(digest).substring(0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
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
        String domain = domain();
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
