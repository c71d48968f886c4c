package dev.usher.doctor;

import java.net.HttpCookie;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A visit of the app as a browser makes it that was never there: with cookies, and at most five redirects, which lead to the app,
 * to the server or to this machine and nowhere else.
 *
 * @param stoppedAt an address that was not asked, being somebody else's
 */
record Visit(String url, List<Step> steps, Optional<String> stoppedAt, Instant askedAt) {
    private static final int MOST_REDIRECTS = 5;

    /** One request of it. */
    record Step(String url, Asking.Answer answer) {
        boolean isHandshake() {
            return isHandshakeUrl(url);
        }
    }

    static boolean isHandshakeUrl(String url) {
        return url.contains("/v1/client/handshake");
    }

    static Visit of(Asking asking, String url, Set<String> hosts) {
        Map<String, Map<String, String>> jars = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        Instant now = Instant.now();
        String next = url;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            String host = String.valueOf(URI.create(next).getHost());
            Asking.Answer answer = ask(asking, next, jars.computeIfAbsent(host, h -> new LinkedHashMap<>()));
            steps.add(new Step(next, answer));
            Optional<String> location = location(next, answer);
            if (location.isEmpty()) break;
            if (!isAllowed(location.get(), hosts)) return new Visit(url, steps, location, now);
            next = location.get();
        }
        return new Visit(url, steps, Optional.empty(), now);
    }

    private static Asking.Answer ask(Asking asking, String url, Map<String, String> jar) {
        List<String> headers = new ArrayList<>(List.of(
                "Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
                "Accept-Language", "en",
                "User-Agent", "Mozilla/5.0 (usher doctor)",
                "Sec-Fetch-Dest", "document",
                "Sec-Fetch-Mode", "navigate",
                "Sec-Fetch-Site", "none"));
        if (!jar.isEmpty())
            headers.addAll(List.of(
                    "Cookie",
                    jar.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; "))));
        Asking.Answer answer = asking.get(url, headers.toArray(String[]::new));
        answer.headers("set-cookie").forEach(line -> keep(line, jar));
        return answer;
    }

    private static void keep(String line, Map<String, String> jar) {
        try {
            HttpCookie cookie = HttpCookie.parse("Set-Cookie: " + line).getFirst();
            if (cookie.getMaxAge() == 0) jar.remove(cookie.getName());
            else jar.put(cookie.getName(), line.substring(line.indexOf('=') + 1).split(";", 2)[0]);
        } catch (IllegalArgumentException e) {
            // A browser leaves out what it cannot read as well.
        }
    }

    private static Optional<String> location(String from, Asking.Answer answer) {
        boolean redirects = answer.status() >= 300 && answer.status() < 400;
        try {
            return redirects
                    ? answer.header("location")
                            .map(to -> URI.create(from).resolve(to).toString())
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isAllowed(String url, Set<String> hosts) {
        if (!Asking.isAddress(url)) return false;
        String host = URI.create(url).getHost();
        return hosts.contains(host) || host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    Asking.Answer first() {
        return steps.getFirst().answer();
    }

    Asking.Answer last() {
        return steps.getLast().answer();
    }

    /** Every address that the visit was sent to, asked or not. */
    List<String> targets() {
        List<String> all = new ArrayList<>(steps.stream().skip(1).map(Step::url).toList());
        stoppedAt.ifPresent(all::add);
        return all;
    }

    Optional<String> firstHandshake() {
        return targets().stream().filter(Visit::isHandshakeUrl).findFirst();
    }

    long handshakes() {
        return targets().stream()
                .filter(Visit::isHandshakeUrl)
                .filter(target -> !target.contains("__usher_cookie_tried"))
                .count();
    }

    /** The answers of the app itself. */
    List<Step> ofApp() {
        return steps.stream().filter(step -> !step.isHandshake()).toList();
    }

    /** The value of a parameter in an address. */
    static Optional<String> parameter(String url, String name) {
        String query = Optional.ofNullable(URI.create(url).getRawQuery()).orElse("");
        for (String pair : query.split("&", -1))
            if (pair.startsWith(name + "="))
                return Optional.of(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
        return Optional.empty();
    }
}
