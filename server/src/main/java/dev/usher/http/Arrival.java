package dev.usher.http;

import java.util.List;
import java.util.Optional;

/**
 * On which way a request reached this server.
 *
 * @param isSecure whether the browser's own connection is
 * @param host the host, with its port, that the browser called
 * @param address where the request came from
 * @param proxyUrl where a proxy of the application answers, when one sent this request and proved to be it
 */
record Arrival(boolean isSecure, String host, String address, Optional<String> proxyUrl) {

    /** As the connection shows it. */
    static Arrival direct(Request request) {
        return new Arrival(request.isSecure(), host(request), request.peerAddress(), Optional.empty());
    }

    /** Through proxies that are trusted by their address: what they say of the connection before them is believed. */
    static Arrival of(Request request, TrustedProxies trusted) {
        if (!trusted.contains(request.peerAddress())) return direct(request);
        boolean secure = last(request, "x-forwarded-proto").map("https"::equals).orElse(request.isSecure());
        String address =
                trusted.firstStranger(values(request, "x-forwarded-for")).orElse(request.peerAddress());
        return new Arrival(secure, last(request, "x-forwarded-host").orElse(host(request)), address, Optional.empty());
    }

    /** Through a proxy of the application that has shown a secret key. It names the caller's own address first. */
    Arrival through(String proxyUrl, Request request) {
        String origin = Origins.ofUrl(proxyUrl)
                .orElseThrow(() -> HandshakeErrors.proxyInvalid("Clerk-Proxy-Url is no http or https address."));
        String caller = values(request, "x-forwarded-for").stream()
                .findFirst()
                .filter(TrustedProxies::isAddress)
                .orElse(address);
        return new Arrival(
                origin.startsWith("https://"),
                origin.substring(origin.indexOf("//") + 2),
                caller,
                Optional.of(proxyUrl));
    }

    private static String host(Request request) {
        return request.header("host").orElse("localhost");
    }

    private static Optional<String> last(Request request, String header) {
        return values(request, header).stream().reduce((first, second) -> second);
    }

    private static List<String> values(Request request, String header) {
        return request.headers(header).stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::trim)
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
