package dev.usher.signin;

import dev.usher.base.Secret;
import dev.usher.factor.Link;
import dev.usher.http.Reply;
import dev.usher.instance.Instance;
import java.nio.charset.StandardCharsets;

/**
 * Asks a person whether a link is to be used that was asked for in another browser. Programs that open every link of a mail
 * stop here.
 */
final class LinkPage {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

    private LinkPage() {}

    static Reply of(Instance instance, Link.Aim aim, Secret token) {
        String app = escaped(instance.settings().applicationName());
        String html = """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%1$s</title><style>
                body{font:16px/1.55 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1.25rem}
                h1{font:600 2rem/1.2 Georgia,serif}button{font:inherit;padding:.6em 1.2em}:root{color-scheme:light dark}
                </style></head><body>
                <h1>%1$s</h1>
                <p>%2$s on another device or in another browser, which goes on when you confirm. If that was not you,
                close this page.</p>
                <form method="post" action="verify"><input type="hidden" name="token" value="%3$s">
                <button>Yes, that was me</button></form>
                </body></html>
                """.formatted(app, escaped(asked(aim)), escaped(token.reveal()));
        return Reply.bytes(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "same-origin");
    }

    private static String asked(Link.Aim aim) {
        return switch (aim) {
            case SIGN_IN -> "Somebody wants to sign in as you";
            case SIGN_UP -> "Somebody wants to sign up with your e-mail address";
            case ADDRESS -> "Somebody wants to add your e-mail address to their account";
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;");
    }
}
