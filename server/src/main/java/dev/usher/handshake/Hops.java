package dev.usher.handshake;

import dev.usher.base.Secret;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts how often a browser comes for the same page within seconds, and ends the circle with a page that says why. The count
 * lies in a cookie of this server, so that it belongs to one browser and needs no memory here.
 */
final class Hops {
    private static final String COOKIE = "__usher_hops";
    private static final Pattern VALUE = Pattern.compile("([0-9A-Za-z_-]{12})\\.(\\d)");
    private static final int MOST = 3;
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private static final String CLOCK =
            "The clocks of this server and of the application's server differ." + " Set both by a time server (NTP).";
    private static final String COOKIES = "The browser does not send the application the cookies that it was given."
            + " They may be blocked, or the application is called under another name than its pages are.";
    private static final String KEYS =
            "The application does not accept this server's session tokens. Its publishable key or its"
                    + " secret key belongs to another instance, or CLERK_JWT_KEY is an old one.";
    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("dev-browser-missing", COOKIES),
            Map.entry("dev-browser-sync", COOKIES),
            Map.entry("client-uat-but-no-session-token", COOKIES),
            Map.entry("session-token-but-no-client-uat", COOKIES),
            Map.entry("session-token-and-uat-missing", COOKIES),
            Map.entry("session-token-missing", KEYS),
            Map.entry("session-token-expired", CLOCK),
            Map.entry("session-token-nbf", CLOCK),
            Map.entry("session-token-iat-in-the-future", CLOCK),
            Map.entry("session-token-iat-before-client-uat", CLOCK),
            Map.entry(
                    "active-organization-mismatch",
                    "The address names an organization that this person is no member of, or that does not exist."),
            Map.entry(
                    "primary-domain-cross-origin-sync",
                    "The page is asked for from another origin again and again; a proxy may be hiding its real address."));

    private Hops() {}

    /** Notes one more hop; the page that ends the circle when it is one too many. */
    static Optional<Reply> count(Exchange exchange, ReturnTarget target) {
        String page = Secret.of(target.url()).hash().substring(0, 12);
        int hop = hopsBefore(exchange, page) + 1;
        boolean tooMany = hop > MOST;
        exchange.replyHeader("Set-Cookie", cookie(exchange, tooMany ? "" : page + "." + hop));
        return tooMany ? Optional.of(page(exchange)) : Optional.empty();
    }

    private static int hopsBefore(Exchange exchange, String page) {
        return exchange.cookie(COOKIE)
                .map(VALUE::matcher)
                .filter(Matcher::matches)
                .filter(value -> value.group(1).equals(page))
                .map(value -> Integer.parseInt(value.group(2)))
                .orElse(0);
    }

    private static String cookie(Exchange exchange, String value) {
        long seconds = value.isEmpty() ? 0 : WITHIN.toSeconds();
        return COOKIE + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Lax"
                + (exchange.isSecure() ? "; Secure" : "");
    }

    /** Names the reason only where it is one of those known here: nothing of the request is repeated. */
    private static Reply page(Exchange exchange) {
        String given = exchange.query("__clerk_hs_reason").orElse("");
        String reason = given.startsWith("session-token-expired") ? "session-token-expired" : given;
        String name = REASONS.containsKey(reason) ? reason : "unknown";
        String why = REASONS.getOrDefault(reason, KEYS);
        String html = """
                <!doctype html>
                <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>Sign-in goes round in circles</title>
                <style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}
                code{background:#8882;padding:.1em .3em}:root{color-scheme:light dark}</style>
                <h1>Sign-in goes round in circles</h1>
                <p>The application asked three times within seconds who is signed in, was told each time, and asked again.
                Usher has stopped this here.</p>
                <p><strong>Reason given by the application:</strong> <code>%s</code></p>
                <p>%s</p>
                <p>When it is mended, open the application's page again.</p>
                </html>
                """.formatted(name, why);
        return Reply.bytes(422, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    }
}
