package dev.usher.handshake;

import dev.usher.base.Secret;
import dev.usher.client.SignedInMark;
import dev.usher.instance.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cookies that a server is to set for a page's host: each under its plain name and under one with the instance's suffix,
 * since SDKs take the one or the other by what the browser showed them.
 */
final class Directives {
    static final String NONCE = "__clerk_handshake_nonce";
    static final String TOKEN = "__clerk_handshake";
    static final String DEV_BROWSER = "__clerk_db_jwt";
    private static final String SESSION = "__session";
    private static final String REFRESH = "__refresh";
    private static final Duration YEAR = Duration.ofDays(365);

    private final Instance instance;
    private final String host;
    private final boolean secure;
    private final List<String> cookies = new ArrayList<>();

    Directives(Instance instance, String host, boolean secure) {
        this.instance = instance;
        this.host = host;
        this.secure = secure;
    }

    /** Somebody is signed in, with this token. */
    Directives signedIn(String token, Instant since) {
        both(SESSION, token, YEAR, "");
        cookies.addAll(SignedInMark.cookies(instance, host, secure, Optional.of(since)));
        return this;
    }

    Directives signedOut() {
        both(SESSION, "", Duration.ZERO, "");
        cookies.addAll(SignedInMark.cookies(instance, host, secure, Optional.empty()));
        if (!instance.isDevelopment()) suffixed(REFRESH, "", Duration.ZERO, "; HttpOnly");
        return this;
    }

    /** With what the server may renew the session token; no script sees it. */
    Directives refreshedBy(Secret token) {
        suffixed(REFRESH, token.reveal(), YEAR, "; HttpOnly");
        return this;
    }

    Directives devBrowser(Secret token) {
        both(DEV_BROWSER, token.reveal(), YEAR, "");
        return this;
    }

    /** Nobody else removes the cookie by which the handshake came. */
    Directives handedOver() {
        String domain = SignedInMark.domain(instance, host);
        for (String name : List.of(NONCE, TOKEN)) add(name, "", Duration.ZERO, domain);
        return this;
    }

    List<String> list() {
        return List.copyOf(cookies);
    }

    private void both(String name, String value, Duration lifetime, String more) {
        add(name, value, lifetime, more);
        suffixed(name, value, lifetime, more);
    }

    private void suffixed(String name, String value, Duration lifetime, String more) {
        add(name + "_" + instance.cookieSuffix(), value, lifetime, more);
    }

    private void add(String name, String value, Duration lifetime, String more) {
        cookies.add(name + "=" + value + "; Path=/; Max-Age=" + lifetime.toSeconds() + "; SameSite=Lax"
                + (secure ? "; Secure" : "") + more);
    }
}
