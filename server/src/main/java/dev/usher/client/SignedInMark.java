package dev.usher.client;

import dev.usher.http.Exchange;
import dev.usher.instance.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The cookie {@code __client_uat}: since when the set of a browser's sessions is what it is, in seconds, and 0 when nobody is
 * signed in. Readable by scripts and by every server of the domain; it proves nothing and only tells who may ask for more.
 */
public final class SignedInMark {
    private static final String NAME = "__client_uat";
    private static final Duration LIFETIME = Duration.ofDays(365);

    private SignedInMark() {}

    /** The cookie under its plain name and the instance's own, for a page on this host. */
    public static List<String> cookies(Instance instance, String host, boolean secure, Optional<Instant> since) {
        String rest = "=" + value(since) + "; Path=/; Max-Age=" + LIFETIME.toSeconds() + "; SameSite=Lax"
                + (secure ? "; Secure" : "") + domain(instance, host);
        return List.of(NAME + rest, NAME + "_" + instance.cookieSuffix() + rest);
    }

    /** The attribute that shares a cookie among all hosts of a production instance's domain; empty where it cannot be. */
    public static String domain(Instance instance, String host) {
        return !instance.isDevelopment() && instance.covers(host) ? "; Domain=" + instance.domain() : "";
    }

    /** Sets the cookie where the browser shows none or another value. */
    static void refresh(Exchange exchange, Optional<Instant> since) {
        Instance instance = Instance.of(exchange);
        String value = value(since);
        boolean isRight = exchange.cookie(NAME).filter(value::equals).isPresent()
                && exchange.cookie(NAME + "_" + instance.cookieSuffix())
                        .filter(value::equals)
                        .isPresent();
        if (isRight) return;
        cookies(instance, exchange.host(), true, since).forEach(cookie -> exchange.replyHeader("Set-Cookie", cookie));
    }

    private static String value(Optional<Instant> since) {
        return String.valueOf(since.map(Instant::getEpochSecond).orElse(0L));
    }
}
