package dev.usher.checks.handshake;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.Wire;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser on a site: it keeps the cookies of the Frontend API's host and those of the page's apart, unless they share a domain. */
final class Visitor {
    private final Site site;
    final Map<String, String> apiCookies = new LinkedHashMap<>();
    final Map<String, String> pageCookies = new LinkedHashMap<>();

    Visitor(Site site) {
        this.site = site;
    }

    /** Follows a redirect to the same address, by which a server finds out whether cookies come back. */
    Answer get(String path) {
        String target = withVersion(path);
        Answer answer = send(Call.of("GET", target));
        return answer.header("location")
                .filter(location -> location.startsWith("?"))
                .map(location -> send(Call.of("GET", target.replaceFirst("\\?.*", "") + location)))
                .orElse(answer);
    }

    Answer post(String path, String... form) {
        Call call = Call.of("POST", withVersion(path))
                .with("Origin", site.origin())
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with(Wire.form(form).getBytes(StandardCharsets.UTF_8));
        return send(call);
    }

    private static String withVersion(String path) {
        return path + (path.contains("?") ? "&" : "?") + "__clerk_api_version=" + Fapi.NEWEST;
    }

    Answer send(Call call) {
        Answer answer = site.send(apiCookies.isEmpty() ? call : call.with("Cookie", line()));
        answer.headers("set-cookie").forEach(cookie -> keep(cookie, apiCookies));
        return answer;
    }

    private String line() {
        return apiCookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private void keep(String cookie, Map<String, String> jar) {
        put(cookie, jar);
        if (cookie.contains("; Domain=")) put(cookie, jar == apiCookies ? pageCookies : apiCookies);
    }

    private static void put(String cookie, Map<String, String> jar) {
        String name = cookie.substring(0, cookie.indexOf('='));
        if (cookie.contains("; Max-Age=0;") || cookie.endsWith("; Max-Age=0")) jar.remove(name);
        else jar.put(name, cookie.substring(name.length() + 1).split(";", 2)[0]);
    }

    /** Makes an account and signs in to it; returns the session. */
    String signUp(Person person) {
        String id = Fapi.require(
                        post("/v1/client/sign_ups", "email_address", person.email(), "password", person.password()))
                .string("/response/id");
        Fapi.require(post("/v1/client/sign_ups/" + id + "/prepare_verification", "strategy", "email_code"));
        Answer done = Fapi.require(post(
                "/v1/client/sign_ups/" + id + "/attempt_verification", "strategy", "email_code", "code", "424242"));
        return done.string("/response/created_session_id");
    }

    Answer handshake(String... more) {
        return handshakeTo(site.origin() + "/page?a=1&b=%26#part", "nonce", more);
    }

    /** As @clerk/backend redirects: with the development browser and the session token that the page showed. */
    Answer handshakeTo(String url, String format, String... more) {
        StringBuilder target = new StringBuilder(
                        "/v1/client/handshake?suffixed_cookies=true&__clerk_hs_reason=session-token-expired&format=")
                .append(format);
        target.append("&redirect_url=").append(Wire.encoded(url));
        if (pageCookies.containsKey("__clerk_db_jwt"))
            target.append("&__clerk_db_jwt=").append(pageCookies.get("__clerk_db_jwt"));
        for (int i = 0; i < more.length; i += 2)
            target.append('&').append(more[i]).append('=').append(Wire.encoded(more[i + 1]));
        return get(target.toString());
    }

    /** Takes the answer back to the page, whose server redeems the nonce and sets the cookies. */
    List<String> carryHome(Answer answer) {
        List<String> directives = redeem(nonce(answer));
        directives.forEach(cookie -> keep(cookie, pageCookies));
        return directives;
    }

    String nonce(Answer answer) {
        String location = answer.header("location").orElseThrow(() -> new AssertionError(answer.toString()));
        String fromQuery = parameter(location, "__clerk_handshake_nonce");
        return fromQuery.isEmpty() ? pageCookies.getOrDefault("__clerk_handshake_nonce", "") : fromQuery;
    }

    static String parameter(String url, String name) {
        String query = url.split("#", 2)[0].replaceFirst("^[^?]*\\??", "");
        for (String pair : query.split("&")) if (pair.startsWith(name + "=")) return pair.substring(name.length() + 1);
        return "";
    }

    private List<String> redeem(String nonce) {
        Answer payload = Fapi.require(site.ownServer().get("/v1/clients/handshake_payload?nonce=" + nonce));
        return payload.at("/directives")
                .valueStream()
                .map(node -> node.asString())
                .toList();
    }

    Jwt token() {
        return Jwt.parse(pageCookies.get("__session"));
    }

    String pageCookie(String prefix) {
        return pageCookies.entrySet().stream()
                .filter(cookie -> cookie.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
