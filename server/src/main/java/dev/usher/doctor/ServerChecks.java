package dev.usher.doctor;

import static dev.usher.doctor.Check.listed;
import static dev.usher.doctor.Check.when;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the server's answers show. */
final class ServerChecks {
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    static final List<Check> TABLE = List.of(
            new Check(Fault.CONFIGURATION_FAULTY, f -> listed(f.configurationFaults())),
            new Check(
                    Fault.API_URL_WRONG_SCHEME,
                    f -> f.server()
                            .apiUrl()
                            .filter(url -> !f.server().health().came()
                                    && f.server().otherScheme().came())
                            .map(url -> url + " is silent, " + Asking.otherScheme(url) + " answers")),
            new Check(
                    Fault.API_URL_UNREACHABLE,
                    f -> f.server()
                            .apiUrl()
                            .filter(url -> !f.server().health().came()
                                    && !f.server().otherScheme().came())
                            .map(url -> url + ": " + f.server().health().silence())),
            new Check(Fault.API_URL_NOT_USHER, ServerChecks::notUsher),
            new Check(
                    Fault.SERVER_UNWELL,
                    f -> when(
                            f.server().health().status() == 503,
                            f.server().apiUrl().orElse("") + "/v1/health answers 503")),
            new Check(
                    Fault.SECRET_KEY_REFUSED,
                    f -> when(
                            f.server().refusesKey(),
                            "CLERK_SECRET_KEY is refused at "
                                    + f.server().apiUrl().orElse(""))),
            new Check(
                    Fault.KEYS_OF_DIFFERENT_INSTANCES,
                    f -> when(
                            isOtherKey(f) && isServedElsewhere(f.server()),
                            "CLERK_SECRET_KEY belongs to " + issuer(f))),
            new Check(
                    Fault.PUBLISHABLE_KEY_OF_ANOTHER_INSTANCE,
                    f -> when(
                            isOtherKey(f) && !isServedElsewhere(f.server()),
                            "the server's publishable key is "
                                    + f.server().fact("publishable_key").orElse(""))),
            new Check(
                    Fault.PROXY_URL_UNREACHABLE,
                    f -> f.env()
                            .absoluteProxyUrl()
                            .filter(url -> !f.server().proxy().came())
                            .map(url -> url + ": " + f.server().proxy().silence())),
            new Check(Fault.PROXY_URL_NOT_USHER, ServerChecks::proxyNotUsher),
            refusedAtProxy(Fault.PROXY_WITHOUT_KEY),
            refusedAtProxy(Fault.PROXY_KEY_REFUSED),
            refusedAtProxy(Fault.PROXY_URL_INVALID),
            refusedAtProxy(Fault.HOST_UNKNOWN),
            new Check(
                    Fault.URLS_OF_DIFFERENT_SERVERS,
                    f -> when(
                            haveNothingInCommon(
                                    Server.kids(f.server().jwks()),
                                    Server.kids(f.server().proxyJwks())),
                            f.env().proxyUrl().orElse("") + " has other signing keys than "
                                    + f.server().apiUrl().orElse(""))),
            new Check(Fault.JWT_KEY_OF_ANOTHER_INSTANCE, ServerChecks::otherJwtKey),
            new Check(Fault.SCRIPT_URL_NOT_FOUND, ServerChecks::noScript),
            new Check(Fault.CLOCK_OF_THIS_MACHINE, ServerChecks::thisClock),
            new Check(Fault.CLOCK_OF_THE_APP, ServerChecks::appClock),
            new Check(
                    Fault.PUBLIC_URL_INSECURE,
                    f -> f.server()
                            .fact("public_url")
                            .filter(url -> url.startsWith("http://")
                                    && f.server().fact("environment").orElse("").equals("production"))));

    private ServerChecks() {}

    private static Optional<String> notUsher(Facts facts) {
        Server server = facts.server();
        boolean astray = facts.env().get("CLERK_API_URL").orElse("").matches("https?://[^/]+/.+");
        boolean other =
                server.health().came() && !server.isUsher() && server.health().status() != 503;
        return when(
                other && !astray,
                server.apiUrl().orElse("") + "/v1/health answers "
                        + server.health().status());
    }

    /** A development instance of this machine speaks without a key as well; what it says does not concern a live key. */
    private static boolean isOtherKey(Facts facts) {
        Optional<String> own = facts.server().fact("publishable_key");
        Optional<String> given =
                facts.env().publishableKey().filter(key -> AppEnv.host(key).isPresent());
        boolean comparable = !facts.server().refusesKey()
                || given.filter(key -> key.startsWith("pk_test_")).isPresent();
        return comparable && own.isPresent() && given.isPresent() && !own.equals(given);
    }

    private static boolean isServedElsewhere(Server server) {
        return haveNothingInCommon(Server.kids(server.jwks()), Server.kids(server.hostJwks()));
    }

    private static boolean haveNothingInCommon(Set<String> some, Set<String> others) {
        return !some.isEmpty() && !others.isEmpty() && !Server.share(some, others);
    }

    private static String issuer(Facts facts) {
        return facts.server().fact("issuer").orElse("another instance");
    }

    private static Optional<String> proxyNotUsher(Facts facts) {
        Asking.Answer answer = facts.server().proxy();
        boolean isUsher = answer.status() == 200
                && answer.json().map(node -> node.has("auth_config")).orElse(false);
        boolean known = Reasons.ofRefusal(answer.errorCode()).isPresent();
        boolean astray = facts.env().proxyUrl().orElse("").matches(".*/v1/?");
        boolean unmounted = facts.env().proxyUrl().orElse("").startsWith("/")
                && facts.env().get("CLERK_FAPI_URL").isEmpty();
        return when(
                answer.came() && !isUsher && !known && !astray && !unmounted,
                facts.env().proxyUrl().orElse("") + "/v1/environment answers " + answer.status());
    }

    private static Check refusedAtProxy(Fault fault) {
        return new Check(fault, f -> {
            String code = f.server().proxy().errorCode();
            return when(
                    Reasons.ofRefusal(code).filter(fault::equals).isPresent(),
                    f.env().proxyUrl().orElse("") + " answers " + code);
        });
    }

    private static Optional<String> otherJwtKey(Facts facts) {
        Optional<BigInteger> given = facts.env().get("CLERK_JWT_KEY").flatMap(Pem::modulus);
        Set<BigInteger> known = new TreeSet<>();
        Server server = facts.server();
        for (Asking.Answer set : List.of(server.jwks(), server.hostJwks(), server.proxyJwks()))
            known.addAll(moduli(set));
        return when(
                given.isPresent() && !known.isEmpty() && !known.contains(given.get()),
                "CLERK_JWT_KEY is none of the " + known.size() + " keys that are published");
    }

    private static Set<BigInteger> moduli(Asking.Answer set) {
        return set.json().stream()
                .flatMap(node -> node.path("keys").valueStream())
                .map(key -> new BigInteger(
                        1, Base64.getUrlDecoder().decode(key.path("n").asString(""))))
                .collect(Collectors.toSet());
    }

    private static Optional<String> noScript(Facts facts) {
        Asking.Answer script = facts.server().script();
        String url = facts.env().any("CLERK_JS_URL").orElse("");
        boolean isScript = script.status() == 200
                && script.header("content-type").orElse("").contains("javascript");
        return when(
                Asking.isAddress(url) && !isScript,
                url + (script.came() ? " answers " + script.status() : ": " + script.silence()));
    }

    private static Optional<Duration> serverLead(Facts facts) {
        return facts.server()
                .facts()
                .map(node -> Instant.ofEpochMilli(node.path("now").asLong()))
                .map(now -> Duration.between(facts.server().askedAt(), now));
    }

    private static Optional<String> thisClock(Facts facts) {
        return serverLead(facts).filter(ServerChecks::isOff).map(lead -> "Usher's clock is " + words(lead));
    }

    private static Optional<String> appClock(Facts facts) {
        Optional<Duration> app = facts.visit().flatMap(ServerChecks::appLead);
        return serverLead(facts)
                .flatMap(server -> app.map(lead -> lead.minus(server)))
                .filter(ServerChecks::isOff)
                .map(lead -> "compared with Usher's, the app's clock is " + words(lead));
    }

    private static Optional<Duration> appLead(Visit visit) {
        return Http.date(visit.first()).map(date -> Duration.between(visit.askedAt(), date));
    }

    private static boolean isOff(Duration lead) {
        return lead.abs().compareTo(TOLERANCE) > 0;
    }

    private static String words(Duration lead) {
        return lead.abs().toSeconds() + " s " + (lead.isNegative() ? "behind" : "ahead");
    }
}
