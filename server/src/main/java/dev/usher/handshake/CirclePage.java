package dev.usher.handshake;

import dev.usher.doctor.Fault;
import dev.usher.doctor.Reasons;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page on which a circle ends. It repeats nothing of the request, holds no secret and runs no script. */
final class CirclePage {
    private static final Logger LOG = LoggerFactory.getLogger(CirclePage.class);
    private static final String STYLE =
            "body{font:16px/1.55 system-ui,sans-serif;max-width:42rem;margin:12vh auto;padding:0 1.25rem}"
                    + "h1{font:600 2rem/1.2 Georgia,serif}code{background:#8882;padding:.15em .4em;border-radius:.3em}"
                    + "dl{border-left:3px solid #2f5d50;padding-left:1rem}dt{font-weight:600;margin-top:.8rem}dd{margin:0}"
                    + ":root{color-scheme:light dark}";
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + digest(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private CirclePage() {}

    static Reply of(Exchange exchange, String reason) {
        Fault fault = Reasons.ofCircle(reason);
        LOG.warn(
                "a circle of handshakes was cut: {} ({}, {})",
                reason,
                fault.id(),
                exchange.site().id());
        String html = """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>Sign-in goes round in circles</title><style>%s</style></head><body>
                <h1>Sign-in goes round in circles</h1>
                <p>The application asked three times within seconds who is signed in, was told each time, and asked again.
                Usher has stopped this here.</p>
                <dl>
                <dt>Reason</dt><dd><code>%s</code></dd>
                <dt>What it means</dt><dd>%s</dd>
                <dt>How to mend it</dt><dd>%s</dd>
                </dl>
                %s
                <p>When it is mended, open the application's page again.</p>
                </body></html>
                """.formatted(STYLE, reason, fault.means(), fault.mend(), next(exchange));
        return Reply.bytes(422, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer");
    }

    private static String next(Exchange exchange) {
        return exchange.site().isDevelopment()
                ? "<p>Run <code>usher doctor</code> beside the application's <code>.env</code>, or open"
                        + " <a href=\"/_usher/doctor\">what this server has noticed</a>.</p>"
                : "<p>You only wanted to visit the site? Reload it once. If you come back here, tell its owner the reason"
                        + " above. Its owner finds more with <code>usher doctor</code>.</p>";
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
