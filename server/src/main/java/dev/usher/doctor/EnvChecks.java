package dev.usher.doctor;

import static dev.usher.doctor.Check.listed;
import static dev.usher.doctor.Check.when;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What the app's environment files show by themselves. */
final class EnvChecks {
    private static final String PK = "CLERK_PUBLISHABLE_KEY";
    private static final String SK = "CLERK_SECRET_KEY";
    private static final String API = "CLERK_API_URL";
    private static final String PROXY = "CLERK_PROXY_URL";

    static final List<Check> TABLE = List.of(
            new Check(Fault.ENV_FILE_MISSING, f -> listed(f.env().missing())),
            new Check(Fault.ENV_FILE_ENCODING, f -> listed(f.env().misread())),
            new Check(
                    Fault.VARIABLE_TWICE,
                    f -> listed(f.env().twice().stream()
                            .filter(EnvChecks::isOurs)
                            .distinct()
                            .toList())),
            new Check(Fault.VALUE_WITH_BLANKS, f -> named(f.env().values(), EnvChecks::hasBlanks)),
            new Check(Fault.PUBLISHABLE_KEY_MISSING, f -> when(f.env().all(PK).isEmpty(), "no variable " + PK)),
            new Check(
                    Fault.PUBLISHABLE_KEY_MALFORMED,
                    f -> named(
                            f.env().all(PK), (name, value) -> AppEnv.host(value).isEmpty())),
            new Check(Fault.PUBLISHABLE_KEYS_DIFFER, f -> differing(f.env().all(PK))),
            new Check(
                    Fault.SECRET_KEY_MISSING,
                    f -> when(f.hasServer() && f.env().get(SK).isEmpty(), "no variable " + SK)),
            new Check(
                    Fault.SECRET_KEY_MALFORMED,
                    f -> f.env().get(SK).filter(key -> !AppEnv.isSecretKey(key)).map(key -> SK)),
            new Check(
                    Fault.SECRET_KEY_PUBLIC,
                    f -> listed(f.env().publicNames().stream()
                            .filter(name -> f.env().get(name).orElse("").matches("(?s).*\\bsk_(test|live)_.*"))
                            .toList())),
            new Check(Fault.KEYS_OF_DIFFERENT_ENVIRONMENTS, EnvChecks::environments),
            new Check(
                    Fault.API_URL_MISSING,
                    f -> when(f.hasServer() && f.env().get(API).isEmpty(), "no variable " + API)),
            new Check(
                    Fault.API_URL_MALFORMED,
                    f -> f.env().get(API).filter(url -> !Asking.isAddress(url)).map(url -> API + "=" + url)),
            new Check(
                    Fault.API_URL_WITH_PATH,
                    f -> f.env().get(API).filter(EnvChecks::hasPath).map(url -> API + "=" + url)),
            new Check(
                    Fault.API_VERSION_UNKNOWN,
                    f -> f.env()
                            .get("CLERK_API_VERSION")
                            .filter(version -> !version.equals("v1"))
                            .map(version -> "CLERK_API_VERSION=" + version)),
            new Check(Fault.PROXY_URL_MISSING, EnvChecks::proxyMissing),
            new Check(
                    Fault.PROXY_URL_MALFORMED,
                    f -> named(
                            f.env().all(PROXY), (name, value) -> !value.startsWith("/") && !Asking.isAddress(value))),
            new Check(
                    Fault.PROXY_URL_WITH_VERSION,
                    f -> named(f.env().all(PROXY), (name, value) -> value.matches(".*/v1/?"))),
            new Check(Fault.PROXY_URLS_DIFFER, f -> differing(f.env().all(PROXY))),
            new Check(Fault.PROXY_PATH_WITHOUT_TARGET, EnvChecks::pathWithoutTarget),
            new Check(
                    Fault.JWT_KEY_MALFORMED,
                    f -> f.env()
                            .get("CLERK_JWT_KEY")
                            .filter(pem -> Pem.modulus(pem).isEmpty())
                            .map(pem -> "CLERK_JWT_KEY")),
            new Check(Fault.SCRIPT_URL_MISSING, EnvChecks::scriptMissing),
            new Check(
                    Fault.SATELLITE_UNSUPPORTED,
                    f -> named(f.env().all("CLERK_IS_SATELLITE"), (name, value) -> value.equalsIgnoreCase("true"))),
            new Check(
                    Fault.DOMAIN_AND_PROXY,
                    f -> when(
                            !f.env().all("CLERK_DOMAIN").isEmpty()
                                    && !f.env().all(PROXY).isEmpty(),
                            "CLERK_DOMAIN beside " + PROXY)),
            new Check(
                    Fault.WEBHOOK_SECRET_MALFORMED,
                    f -> f.env()
                            .get("CLERK_WEBHOOK_SIGNING_SECRET")
                            .filter(secret -> !secret.matches("whsec_[A-Za-z0-9+/_-]{16,}=*"))
                            .map(secret -> "CLERK_WEBHOOK_SIGNING_SECRET")));

    private EnvChecks() {}

    private interface Test {
        boolean isWrong(String name, String value);
    }

    private static Optional<String> named(Map<String, String> variables, Test test) {
        return listed(variables.entrySet().stream()
                .filter(entry -> test.isWrong(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .toList());
    }

    private static Optional<String> differing(Map<String, String> variables) {
        boolean differ = new HashSet<>(variables.values()).size() > 1;
        return when(differ, String.join(", ", new TreeSet<>(variables.keySet())));
    }

    private static boolean isOurs(String name) {
        return name.contains("CLERK_");
    }

    private static boolean hasBlanks(String name, String value) {
        boolean isWord = !name.endsWith("JWT_KEY") && isOurs(name);
        return isWord && value.matches("(?s).*[\\s\"'\u201c\u201d\u2018\u2019].*");
    }

    private static boolean hasPath(String url) {
        return Asking.isAddress(url) && !URI.create(Asking.base(url)).getPath().isEmpty();
    }

    private static Optional<String> environments(Facts facts) {
        String pk = facts.env().publishableKey().orElse("");
        String sk = facts.env().secretKey().orElse("");
        boolean differ = (pk.startsWith("pk_test_") && sk.startsWith("sk_live_"))
                || (pk.startsWith("pk_live_") && sk.startsWith("sk_test_"));
        return when(differ, PK + " and " + SK);
    }

    private static Optional<String> proxyMissing(Facts facts) {
        boolean development = facts.env().publishableKey().orElse("").startsWith("pk_test_");
        return when(
                development && facts.env().proxyUrl().isEmpty(),
                "no variable " + PROXY + ", and the publishable key leads to "
                        + facts.env().publishableKey().flatMap(AppEnv::host).orElse("no host"));
    }

    /** A proxy of one's own may stand there instead of the SDK's: then something answers. */
    private static Optional<String> pathWithoutTarget(Facts facts) {
        boolean isPath =
                facts.env().proxyUrl().filter(url -> url.startsWith("/")).isPresent();
        boolean answers = facts.server().proxy().status() == 200;
        return when(
                isPath && !answers && facts.env().get("CLERK_FAPI_URL").isEmpty(),
                PROXY + "=" + facts.env().proxyUrl().orElse("") + " without CLERK_FAPI_URL");
    }

    private static Optional<String> scriptMissing(Facts facts) {
        boolean hasPages =
                facts.env().all(PK).keySet().stream().anyMatch(name -> name.matches("(NEXT_PUBLIC|VITE)_.*"));
        boolean plain = facts.env().proxyUrl().orElse("").startsWith("http://");
        return when(
                hasPages && plain && facts.env().all("CLERK_JS_URL").isEmpty(),
                "no variable CLERK_JS_URL beside an http:// proxy address");
    }
}
