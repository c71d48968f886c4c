package dev.usher.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Origins in the sense of RFC 6454: scheme, host, port. */
public final class Origins {
    private Origins() {}

    /** The origin of an absolute http or https address; empty for anything else. */
    public static Optional<String> ofUrl(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null)
                return Optional.empty();
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) return Optional.empty();
            boolean usual = uri.getPort() == (scheme.equals("http") ? 80 : 443);
            String port = uri.getPort() < 0 || usual ? "" : ":" + uri.getPort();
            return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
