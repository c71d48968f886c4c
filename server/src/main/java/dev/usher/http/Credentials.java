package dev.usher.http;

import dev.usher.base.Secret;
import java.util.Optional;

/**
 * What a Frontend API request shows of its client. Nothing here has been compared with the database yet.
 *
 * @param isNative whether the caller is an app that keeps its token itself instead of a browser with cookies
 */
public record Credentials(boolean isNative, Optional<ClientToken> token, Optional<Secret> devBrowser) {
    static final Credentials NONE = new Credentials(false, Optional.empty(), Optional.empty());
    private static final int LONGEST = 256;

    static Credentials of(Exchange exchange) {
        return exchange.isNative() ? fromApp(exchange) : fromBrowser(exchange);
    }

    private static Credentials fromApp(Exchange exchange) {
        String header = exchange.header("authorization").orElse("").trim();
        String text = header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).trim()
                : header;
        if (text.length() > LONGEST || text.indexOf(' ') >= 0) throw Errors.authorizationFormat();
        return new Credentials(true, ClientToken.parse(text), Optional.empty());
    }

    private static Credentials fromBrowser(Exchange exchange) {
        Optional<ClientToken> token = exchange.cookie("__client").flatMap(ClientToken::parse);
        Optional<Secret> devBrowser = exchange.site().isDevelopment()
                ? exchange.query("__clerk_db_jwt")
                        .or(() -> exchange.query("__dev_session"))
                        .filter(text -> !text.isEmpty())
                        .map(Secret::of)
                : Optional.empty();
        return new Credentials(false, token, devBrowser);
    }
}
