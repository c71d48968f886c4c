package dev.usher.client;

import dev.usher.http.ClientToken;
import dev.usher.http.Exchange;
import java.time.Duration;

/** How a client keeps its token: a browser in a cookie that scripts cannot read, an app by itself. */
final class ClientCookie {
    /** One year; browsers keep cookies for 400 days at most (RFC 6265bis). */
    static final Duration LIFETIME = Duration.ofDays(365);

    private ClientCookie() {}

    static void give(Exchange exchange, ClientToken token) {
        if (exchange.isNative()) exchange.replyHeader("Authorization", token.reveal());
        else exchange.replyHeader("Set-Cookie", cookie(exchange, token.reveal(), LIFETIME));
        exchange.becomes(token);
    }

    static void takeBack(Exchange exchange) {
        if (exchange.isNative()) exchange.replyHeader("Authorization", "");
        else exchange.replyHeader("Set-Cookie", cookie(exchange, "", Duration.ZERO));
    }

    /** Without a Domain, so that the cookie is right behind a proxy too. */
    private static String cookie(Exchange exchange, String value, Duration lifetime) {
        boolean secure = exchange.isSecure() || !exchange.site().isDevelopment();
        return "__client=" + value + "; Path=/; Max-Age=" + lifetime.toSeconds() + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }
}
