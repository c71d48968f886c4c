package dev.usher.doctor;

import static dev.usher.doctor.Check.when;

import dev.usher.http.Origins;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a visit of the app shows. */
final class AppChecks {
    private static final Pattern KEY = Pattern.compile("pk_(?:test|live)_[A-Za-z0-9+/_-]{8,}=*");
    private static final int MOST_REDIRECTS = 5;

    static final List<Check> TABLE = List.of(
            of(
                    Fault.APP_UNREACHABLE,
                    (f, v) -> when(!v.first().came(), v.url() + ": " + v.first().silence())),
            of(
                    Fault.APP_FAILS,
                    (f, v) -> lastOfApp(v)
                            .filter(step -> step.answer().status() >= 500)
                            .map(step ->
                                    step.url() + " answers " + step.answer().status())),
            of(
                    Fault.MIDDLEWARE_MISSING,
                    (f, v) -> when(
                            v.first().came() && v.first().status() < 500 && !showsMiddleware(v),
                            v.url() + " answers " + v.first().status() + " without x-clerk-auth-status")),
            of(Fault.HANDSHAKE_ELSEWHERE, AppChecks::elsewhere),
            of(Fault.HANDSHAKE_CIRCLE, (f, v) -> when(v.handshakes() > 1, "reason given by the app: " + reason(v))),
            of(
                    Fault.REDIRECT_URL_WRONG_HOST,
                    (f, v) -> sentBack(v).filter(back -> !authority(back).equals(authority(v.url())))),
            of(
                    Fault.REDIRECT_URL_WRONG_SCHEME,
                    (f, v) -> sentBack(v)
                            .filter(back -> authority(back).equals(authority(v.url())))
                            .filter(back -> !scheme(back).equals(scheme(v.url())))),
            of(Fault.REDIRECT_URL_NOT_ALLOWED, (f, v) -> refused(v, Fault.REDIRECT_URL_NOT_ALLOWED)),
            of(Fault.PROXY_KEY_REFUSED, (f, v) -> refused(v, Fault.PROXY_KEY_REFUSED)),
            of(Fault.COOKIES_NOT_SET, AppChecks::cookiesNotSet),
            of(Fault.POLICY_BLOCKS_USHER, AppChecks::policy),
            of(Fault.PAGE_KEY_DIFFERS, AppChecks::pageKey),
            of(
                    Fault.PAGE_CACHED,
                    (f, v) -> lastOfApp(v)
                            .map(step -> step.answer().header("cache-control").orElse(""))
                            .filter(rule -> showsMiddleware(v) && rule.matches("(?i).*\\b(public|s-maxage)\\b.*"))
                            .map(rule -> "Cache-Control: " + rule)),
            new Check(
                    Fault.SIGN_IN_URL_NOT_FOUND,
                    f -> f.signInVisit()
                            .filter(visit -> visit.last().status() == 404)
                            .map(Visit::url)),
            new Check(
                    Fault.SIGN_IN_URL_CIRCLE,
                    f -> f.signInVisit().filter(AppChecks::goesInCircles).map(Visit::url)));

    private AppChecks() {}

    private interface Look {
        Optional<String> at(Facts facts, Visit visit);
    }

    private static Check of(Fault fault, Look look) {
        return new Check(fault, facts -> facts.visit().flatMap(visit -> look.at(facts, visit)));
    }

    private static Optional<Visit.Step> lastOfApp(Visit visit) {
        return visit.ofApp().stream().reduce((first, second) -> second);
    }

    private static boolean showsMiddleware(Visit visit) {
        return visit.firstHandshake().isPresent()
                || visit.ofApp().stream()
                        .anyMatch(step ->
                                step.answer().header("x-clerk-auth-status").isPresent());
    }

    private static Optional<String> elsewhere(Facts facts, Visit visit) {
        return visit.firstHandshake()
                .filter(url -> facts.serverUrls().stream()
                        .noneMatch(known -> authority(url).equals(authority(known))))
                .filter(url -> !authority(url).equals(authority(visit.url())))
                .flatMap(Origins::ofUrl);
    }

    private static String reason(Visit visit) {
        return visit.steps().stream()
                .map(step -> step.answer().header("x-clerk-auth-reason"))
                .flatMap(Optional::stream)
                .filter(given -> given.matches("[a-z0-9-]{1,80}"))
                .findFirst()
                .orElse("none");
    }

    private static Optional<String> sentBack(Visit visit) {
        return visit.firstHandshake()
                .flatMap(url -> Visit.parameter(url, "redirect_url"))
                .flatMap(Origins::ofUrl);
    }

    private static Optional<String> refused(Visit visit, Fault fault) {
        return visit.steps().stream()
                .filter(Visit.Step::isHandshake)
                .map(step -> step.answer().errorCode())
                .filter(code -> Reasons.ofRefusal(code).filter(fault::equals).isPresent())
                .findFirst();
    }

    /** A handshake that could not be completed sets none either, but then the key is to blame. */
    private static Optional<String> cookiesNotSet(Facts facts, Visit visit) {
        return visit.ofApp().stream()
                .filter(step -> step.url().contains("__clerk_handshake"))
                .filter(step -> step.answer().came() && step.answer().status() < 500)
                .filter(step -> step.answer().headers("set-cookie").stream()
                        .noneMatch(line -> line.startsWith("__clerk_db_jwt") || line.startsWith("__client_uat")))
                .findFirst()
                .filter(step -> facts.server().jwks().status() == 200 && !isOtherServer(facts))
                .map(step -> visit.url() + " sets no cookies after the handshake");
    }

    private static boolean isOtherServer(Facts facts) {
        return !Server.share(
                Server.kids(facts.server().jwks()), Server.kids(facts.server().proxyJwks()));
    }

    private static Optional<String> policy(Facts facts, Visit visit) {
        Optional<String> usher = facts.env().absoluteProxyUrl().flatMap(Origins::ofUrl);
        Optional<String> policy = lastOfApp(visit).flatMap(step -> step.answer().header("content-security-policy"));
        if (usher.isEmpty() || policy.isEmpty()) return Optional.empty();
        boolean scripts = Http.permits(policy.get(), "script-src", usher.get());
        boolean requests = Http.permits(policy.get(), "connect-src", usher.get());
        return when(
                !scripts || !requests, (scripts ? "connect-src" : "script-src") + " leaves " + usher.get() + " out");
    }

    private static Optional<String> pageKey(Facts facts, Visit visit) {
        Optional<String> own = facts.env().publishableKey();
        Matcher inPage =
                KEY.matcher(lastOfApp(visit).map(step -> step.answer().body()).orElse(""));
        return own.isPresent() && inPage.find() && !inPage.group().equals(own.get())
                ? Optional.of("the page carries " + inPage.group())
                : Optional.empty();
    }

    private static boolean goesInCircles(Visit visit) {
        long itself = visit.targets().stream()
                .filter(url -> path(url).equals(path(visit.url())))
                .filter(url -> !url.contains("__clerk_"))
                .count();
        return visit.handshakes() <= 1 && visit.steps().size() > MOST_REDIRECTS && itself > 1;
    }

    private static String path(String url) {
        return String.valueOf(URI.create(url).getPath());
    }

    private static String authority(String url) {
        return Origins.ofUrl(url).orElse(url).replaceFirst("^https?://", "");
    }

    private static String scheme(String url) {
        return url.substring(0, Math.max(0, url.indexOf(':')));
    }
}
