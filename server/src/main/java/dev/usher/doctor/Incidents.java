package dev.usher.doctor;

import dev.usher.http.Exchange;
import dev.usher.http.Origins;
import dev.usher.http.Refusals;
import dev.usher.http.Site;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last handshakes and the last requests that were refused for the sake of a set-up, a few for each instance, in memory. What
 * looks alike is one entry with a count. Whatever a request said is kept only in the shape that it ought to have.
 */
public final class Incidents implements Refusals {
    private static final int MOST = 64;

    private record Likeness(Incident.Ending ending, String reason, String host, String origin) {}

    /** Of one instance, the one that happened longest ago first. */
    private static final class Last extends LinkedHashMap<Likeness, Incident> {
        private static final long serialVersionUID = 1L;

        Last() {
            super(MOST, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Likeness, Incident> eldest) {
            return size() > MOST;
        }
    }

    private final Map<String, Last> ofInstance = new ConcurrentHashMap<>();

    /** A page was told who is signed in. */
    public void answered(Exchange exchange, String origin) {
        handshake(exchange, Incident.Ending.ANSWERED, given(exchange), origin);
    }

    /** A circle was cut, for this reason. */
    public void cut(Exchange exchange, String reason, String origin) {
        handshake(exchange, Incident.Ending.CUT, reason, origin);
    }

    private void handshake(Exchange exchange, Incident.Ending ending, String reason, String origin) {
        if (exchange.isForwardedByStranger())
            note(
                    exchange.site(),
                    likeness(Incident.Ending.REFUSED, "forwarded-by-a-stranger", exchange.host(), Optional.of(origin)),
                    exchange.now());
        note(exchange.site(), likeness(ending, reason, exchange.host(), Optional.of(origin)), exchange.now());
    }

    private static String given(Exchange exchange) {
        return exchange.query("__clerk_hs_reason").orElse("none");
    }

    @Override
    public void refused(Site site, String host, Optional<String> origin, String code, Instant now) {
        if (Reasons.ofRefusal(code).isEmpty()) return;
        note(site, likeness(Incident.Ending.REFUSED, code, host, origin), now);
    }

    private static Likeness likeness(Incident.Ending ending, String reason, String host, Optional<String> origin) {
        return new Likeness(
                ending,
                reason.matches("[a-z0-9_-]{1,80}") ? reason : "unknown",
                host.matches("[A-Za-z0-9.:\\[\\]_-]{1,100}") ? host.toLowerCase(Locale.ROOT) : "unknown",
                origin.flatMap(Origins::ofUrl)
                        .filter(url -> url.length() <= 120)
                        .orElse(""));
    }

    private void note(Site site, Likeness what, Instant now) {
        Last last = ofInstance.computeIfAbsent(site.id(), id -> new Last());
        synchronized (last) {
            Incident before = last.get(what);
            last.put(
                    what,
                    before == null
                            ? new Incident(what.ending(), what.reason(), what.host(), what.origin(), 1, now, now)
                            : before.again(now));
        }
    }

    /** Those of an instance since then, the newest first. A circle is left out once its page was answered and stayed quiet. */
    List<Incident> of(Site site, Instant since) {
        Last last = ofInstance.get(site.id());
        if (last == null) return List.of();
        List<Incident> all;
        synchronized (last) {
            all = List.copyOf(last.values());
        }
        return all.stream()
                .filter(one -> one.last().isAfter(since))
                .filter(one -> all.stream().noneMatch(one::isMendedBy))
                .sorted(Comparator.comparing(Incident::last).reversed())
                .toList();
    }
}
