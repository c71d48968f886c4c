package dev.usher.handshake;

import dev.usher.base.Secret;
import dev.usher.doctor.Incidents;
import dev.usher.doctor.Reasons;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.instance.ReturnTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts how often a browser comes for the same page within seconds, and ends the circle with a page that says why. The count
 * lies in a cookie of this server, so that it belongs to one browser. Browsers without it are counted in memory by their
 * likeness; before a circle of theirs is cut, one redirect to the same address tells who keeps no cookies from several that
 * are new.
 */
final class Hops {
    private static final String COOKIE = "__usher_hops";
    private static final String TRIED = "__usher_cookie_tried";
    private static final Pattern VALUE = Pattern.compile("([0-9A-Za-z_-]{12})\\.(\\d)");
    private static final int MOST = 3;
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int MOST_REMEMBERED = 1024;

    private record Seen(int hops, Instant last) {}

    private final Incidents incidents;
    private final Map<String, Seen> withoutCookie = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    Hops(Incidents incidents) {
        this.incidents = incidents;
    }

    /** Notes one more hop; what to answer instead of the handshake when it is one too many, or may be one. */
    Optional<Reply> count(Exchange exchange, ReturnTarget target) {
        String page = Secret.of(target.url()).hash().substring(0, 12);
        Optional<Integer> before = hopsBefore(exchange, page);
        if (before.isEmpty() && exchange.cookie(COOKIE).isEmpty()) return withoutCookie(exchange, target, page);
        int hop = before.orElse(0) + 1;
        if (hop > MOST) return Optional.of(cut(exchange, target, reason(exchange)));
        exchange.replyHeader("Set-Cookie", cookie(exchange, page + "." + hop));
        return Optional.empty();
    }

    /** A new browser, or one that keeps no cookies. */
    private Optional<Reply> withoutCookie(Exchange exchange, ReturnTarget target, String page) {
        boolean tried = exchange.query(TRIED).isPresent();
        String likeness = likeness(exchange, page);
        Optional<Integer> before = remembered(likeness, exchange.now());
        boolean isSuspect = before.filter(hops -> hops >= MOST).isPresent() && !tried;
        exchange.replyHeader("Set-Cookie", cookie(exchange, page + "." + (isSuspect ? 0 : 1)));
        if (isSuspect) return Optional.of(Reply.redirect(307, "?" + exchange.rawQuery() + "&" + TRIED + "=1"));
        int hop = before.orElse(0) + 1;
        if (hop > MOST) {
            forget(likeness);
            return Optional.of(cut(exchange, target, "cookies-blocked"));
        }
        remember(likeness, new Seen(hop, exchange.now()));
        return Optional.empty();
    }

    private static String likeness(Exchange exchange, String page) {
        String browser = exchange.address() + " " + exchange.userAgent().orElse("");
        return exchange.site().id() + page + Secret.of(browser).hash();
    }

    private Optional<Integer> remembered(String likeness, Instant now) {
        synchronized (withoutCookie) {
            return Optional.ofNullable(withoutCookie.get(likeness))
                    .filter(seen -> seen.last().plus(WITHIN).isAfter(now))
                    .map(Seen::hops);
        }
    }

    private void remember(String likeness, Seen seen) {
        synchronized (withoutCookie) {
            withoutCookie.put(likeness, seen);
        }
    }

    private void forget(String likeness) {
        synchronized (withoutCookie) {
            withoutCookie.remove(likeness);
        }
    }

    private static Optional<Integer> hopsBefore(Exchange exchange, String page) {
        return exchange.cookie(COOKIE)
                .map(VALUE::matcher)
                .filter(Matcher::matches)
                .filter(value -> value.group(1).equals(page))
                .map(value -> Integer.parseInt(value.group(2)));
    }

    private static String cookie(Exchange exchange, String value) {
        long seconds = value.isEmpty() ? 0 : WITHIN.toSeconds();
        return COOKIE + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Lax"
                + (exchange.isSecure() ? "; Secure" : "");
    }

    private static String reason(Exchange exchange) {
        return Reasons.known(exchange.query("__clerk_hs_reason").orElse(""));
    }

    private Reply cut(Exchange exchange, ReturnTarget target, String reason) {
        exchange.replyHeader("Set-Cookie", cookie(exchange, ""));
        incidents.cut(exchange, reason, target.origin());
        return CirclePage.of(exchange, reason);
    }
}
