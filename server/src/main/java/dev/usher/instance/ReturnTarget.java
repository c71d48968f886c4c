package dev.usher.instance;

import dev.usher.http.Exchange;
import dev.usher.http.HandshakeErrors;
import dev.usher.http.Origins;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page that a browser is sent back to. Whoever gets the redirect gets the session, so that only the instance's own origins
 * are targets: in production its domain over https and the listed origins, in development this machine and the listed ones.
 */
public record ReturnTarget(String origin, String host, String rest) {
    private static final int LONGEST = 6 * 1024;
    /** Printable ASCII, as browsers write addresses; no user name, no backslash, nothing that two parsers read differently. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(https?)://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\\[::1])(:\\d{1,5})?([/?#][\\x21-\\x7e&&[^\\\\]]*)?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern THIS_MACHINE = Pattern.compile(
            "localhost|[a-z0-9-]+(\\.[a-z0-9-]+)*\\.localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");
    /** What an earlier handshake or link may have left in the address. */
    private static final Set<String> OURS = Set.of(
            "__clerk_handshake",
            "__clerk_handshake_nonce",
            "__clerk_help",
            "__clerk_db_jwt",
            "__dev_session",
            "__clerk_status",
            "__clerk_created_session");

    /** The target of this request.
     *
     * @throws dev.usher.http.Refusal when there is none or it is not the instance's
     */
    public static ReturnTarget of(Exchange exchange) {
        return of(
                exchange,
                exchange.query("redirect_url")
                        .filter(text -> !text.isEmpty())
                        .orElseThrow(HandshakeErrors::redirectUrlMissing));
    }

    /** The target that a field of the request names.
     *
     * @throws dev.usher.http.Refusal when it is not the instance's
     */
    public static ReturnTarget of(Exchange exchange, String url) {
        ReturnTarget target = parse(url).orElseThrow(HandshakeErrors::redirectUrlInvalid);
        if (!target.isAllowed(exchange)) throw HandshakeErrors.redirectUrlForeign();
        return target;
    }

    public static Optional<ReturnTarget> parse(String url) {
        Matcher parts = ADDRESS.matcher(url);
        if (url.length() > LONGEST || !parts.matches()) return Optional.empty();
        String host = parts.group(2).toLowerCase(Locale.ROOT);
        String rest = Optional.ofNullable(parts.group(4)).orElse("/");
        int authority =
                url.length() - Optional.ofNullable(parts.group(4)).orElse("").length();
        return Origins.ofUrl(url.substring(0, authority))
                .map(origin -> new ReturnTarget(origin, host, rest.startsWith("/") ? rest : "/" + rest));
    }

    /** Whether it is one of the instance's, as this request finds it. */
    public boolean isAllowed(Exchange exchange) {
        Instance instance = Instance.of(exchange);
        boolean listed = instance.settings().allowedOrigins().contains(origin)
                || isOrigin(instance.settings().homeUrl())
                || isOrigin(Optional.of(instance.publicUrl()))
                || isOrigin(exchange.proxyUrl());
        if (instance.isDevelopment())
            return listed || THIS_MACHINE.matcher(host).matches();
        return listed || (isSecure() && instance.covers(host));
    }

    private boolean isOrigin(Optional<String> url) {
        return url.flatMap(Origins::ofUrl).filter(origin::equals).isPresent();
    }

    /** Whether cookies that this server sets under the name that it was called by are seen by the target. */
    public boolean sharesCookies(Exchange exchange) {
        String called = exchange.host().replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        Instance instance = Instance.of(exchange);
        return called.equals(host) || (instance.covers(called) && instance.covers(host));
    }

    public boolean isSecure() {
        return origin.startsWith("https:");
    }

    /** The address without what handshakes and links add to it. */
    public String url() {
        return origin + path() + query(kept()) + fragment();
    }

    /** The address with one more parameter. */
    public String with(String name, String value) {
        return with(Map.of(name, value));
    }

    /** The address with more parameters, in their order. */
    public String with(Map<String, String> more) {
        List<String> pairs = kept();
        more.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return origin + path() + query(pairs) + fragment();
    }

    private static String query(List<String> pairs) {
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private String withoutFragment() {
        return rest.split("#", 2)[0];
    }

    private String fragment() {
        return rest.substring(withoutFragment().length());
    }

    private String path() {
        return withoutFragment().split("\\?", 2)[0];
    }

    private List<String> kept() {
        List<String> pairs = new ArrayList<>();
        String query = withoutFragment().substring(path().length());
        if (query.length() < 2) return pairs;
        for (String pair : query.substring(1).split("&", -1))
            if (!OURS.contains(pair.split("=", 2)[0])) pairs.add(pair);
        return pairs;
    }
}
