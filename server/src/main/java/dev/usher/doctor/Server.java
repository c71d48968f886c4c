package dev.usher.doctor;

import dev.usher.base.Secret;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What the addresses of the environment answer.
 *
 * @param apiUrl where the app's server calls
 * @param health of the API's address
 * @param otherScheme the same by the other scheme, when nothing came
 * @param about what the instance says of itself, to the secret key or to this machine
 * @param jwks the keys that the instance of the secret key signs with
 * @param proxy the Frontend API at the proxy address
 * @param proxyJwks the keys that browsers' tokens are signed with there
 * @param hostJwks the keys of the instance whose host is in the publishable key
 * @param script the address of clerk-js
 * @param askedAt this machine's time when the instance was asked
 */
record Server(
        Optional<String> apiUrl,
        Asking.Answer health,
        Asking.Answer otherScheme,
        Asking.Answer about,
        Asking.Answer jwks,
        Asking.Answer proxy,
        Asking.Answer proxyJwks,
        Asking.Answer hostJwks,
        Asking.Answer script,
        Instant askedAt) {
    private static final Asking.Answer UNASKED = Asking.Answer.silence("not asked");

    static Server ask(Asking asking, AppEnv env, Optional<String> usherUrl, Optional<String> appUrl) {
        Optional<String> url = usherUrl.or(() -> env.get("CLERK_API_URL").filter(Asking::isAddress))
                .map(Asking::base);
        Asking.Answer health = at(asking, url, "/v1/health");
        Asking.Answer other = health.came()
                ? UNASKED
                : url.map(u -> asking.get(Asking.otherScheme(u) + "/v1/health")).orElse(UNASKED);
        Optional<Secret> key = env.secretKey().map(Secret::of);
        Optional<String> root =
                url.map(u -> u.replaceFirst("^(https?://[^/]+)/.*", "$1")).filter(u -> health.came());
        Instant now = Instant.now();
        Asking.Answer byKey = root.flatMap(u -> key.map(k -> asking.withKey(u + "/_usher/doctor.json", k)))
                .orElse(UNASKED);
        Asking.Answer about = byKey.came() && byKey.status() != 401 ? byKey : at(asking, root, "/_usher/doctor.json");
        Asking.Answer jwks = root.flatMap(u -> key.map(k -> asking.withKey(u + "/v1/jwks", k)))
                .orElse(UNASKED);
        Optional<String> proxy = proxyUrl(env, appUrl);
        return new Server(
                url,
                health,
                other,
                about,
                jwks,
                at(asking, proxy, "/v1/environment?__clerk_api_version=2025-11-10"),
                at(asking, proxy, "/.well-known/jwks.json"),
                hostJwks(asking, root, env),
                env.any("CLERK_JS_URL")
                        .filter(Asking::isAddress)
                        .map(asking::get)
                        .orElse(UNASKED),
                now);
    }

    /** A path is below the app's own address. */
    private static Optional<String> proxyUrl(AppEnv env, Optional<String> appUrl) {
        return env.absoluteProxyUrl()
                .or(() -> env.proxyUrl()
                        .filter(path -> path.startsWith("/"))
                        .flatMap(path -> appUrl.map(app -> app.replaceFirst("^(https?://[^/]+).*", "$1") + path)))
                .map(Asking::base);
    }

    private static Asking.Answer at(Asking asking, Optional<String> url, String path) {
        return url.map(u -> asking.get(u + path)).orElse(UNASKED);
    }

    private static Asking.Answer hostJwks(Asking asking, Optional<String> root, AppEnv env) {
        return root.flatMap(url -> env.publishableKey()
                        .flatMap(AppEnv::host)
                        .map(host -> asking.get(url + "/.well-known/jwks.json", "Host", host)))
                .orElse(UNASKED);
    }

    boolean isUsher() {
        return health.status() == 200
                && health.json().map(node -> node.has("status")).orElse(false);
    }

    /** Whether the secret key was shown and refused. */
    boolean refusesKey() {
        return jwks.status() == 401;
    }

    Optional<JsonNode> facts() {
        return about.status() == 200 ? about.json().filter(node -> node.has("publishable_key")) : Optional.empty();
    }

    Optional<String> fact(String name) {
        return facts().flatMap(node -> node.path(name).asStringOpt());
    }

    /** The ids of the keys in a key set. */
    static Set<String> kids(Asking.Answer answer) {
        Set<String> kids = new TreeSet<>();
        answer.json()
                .ifPresent(set -> set.path("keys")
                        .valueStream()
                        .forEach(key -> kids.add(key.path("kid").asString(""))));
        return kids;
    }

    static boolean share(Collection<String> some, Collection<String> others) {
        return some.stream().anyMatch(others::contains);
    }
}
