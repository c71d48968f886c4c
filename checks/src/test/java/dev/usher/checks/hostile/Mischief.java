package dev.usher.checks.hostile;

import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes requests that are almost right. The same seed makes the same requests. */
final class Mischief {
    /** An operation with the fields that it knows. */
    private record Target(String method, String path, List<String> fields) {}

    private static final List<Target> TARGETS = List.of(
            new Target("GET", "/v1/client", List.of()),
            new Target("POST", "/v1/client", List.of()),
            new Target("POST", "/v1/client?_method=PUT", List.of()),
            new Target("GET", "/v1/environment", List.of()),
            new Target("POST", "/v1/environment?_method=PATCH", List.of()),
            new Target("POST", "/v1/dev_browser", List.of()),
            new Target("POST", "/v1/client/sign_ins", List.of("identifier", "password", "strategy", "locale")),
            new Target("GET", "/v1/client/sign_ins/{sign_in}", List.of()),
            new Target(
                    "POST",
                    "/v1/client/sign_ins/{sign_in}/prepare_first_factor",
                    List.of("strategy", "email_address_id")),
            new Target(
                    "POST",
                    "/v1/client/sign_ins/{sign_in}/attempt_first_factor",
                    List.of("strategy", "code", "password")),
            new Target(
                    "POST",
                    "/v1/client/sign_ups",
                    List.of("email_address", "password", "first_name", "unsafe_metadata", "locale")),
            new Target("GET", "/v1/client/sign_ups/{sign_up}", List.of()),
            new Target(
                    "POST",
                    "/v1/client/sign_ups/{sign_up}?_method=PATCH",
                    List.of("email_address", "first_name", "last_name")),
            new Target("POST", "/v1/client/sign_ups/{sign_up}/prepare_verification", List.of("strategy")),
            new Target("POST", "/v1/client/sign_ups/{sign_up}/attempt_verification", List.of("strategy", "code")),
            new Target("GET", "/v1/client/sessions/{session}", List.of()),
            new Target("POST", "/v1/client/sessions/{session}/touch", List.of("active_organization_id", "intent")),
            new Target("POST", "/v1/client/sessions/{session}/tokens", List.of("organization_id", "tab_state")),
            new Target("POST", "/v1/client/sessions/{session}/end", List.of()),
            new Target("POST", "/v1/client/sessions/{session}/remove", List.of()),
            new Target("POST", "/v1/client/sessions?_method=DELETE", List.of()),
            new Target("GET", "/v1/me", List.of()),
            new Target("POST", "/v1/me?_method=PATCH", List.of("first_name", "last_name", "primary_email_address_id")),
            new Target("GET", "/v1/me/sessions", List.of()),
            new Target("GET", "/v1/me/sessions/active", List.of()),
            new Target("POST", "/v1/me/sessions/{session}/revoke", List.of()),
            new Target("GET", "/.well-known/jwks.json", List.of()));

    private static final List<String> VALUES = List.of(
            "",
            "a",
            "0",
            "-1",
            "2147483648",
            "9007199254740993",
            "9223372036854775808",
            "1e309",
            "NaN",
            "null",
            "true",
            "[]",
            "{}",
            "{\"a\":1}",
            "a@example.com",
            "A@EXAMPLE.COM",
            "a+clerk_test@example.com",
            "@",
            "email_code",
            "password",
            "424242",
            "focus",
            "hidden",
            "' or '1'='1",
            "\"; drop table session; --",
            "../../etc/passwd",
            "<script>alert(1)</script>",
            "${jndi:ldap://localhost/a}",
            "%s%n%x",
            "\u0000",
            "a\u0000b",
            "\r\nSet-Cookie: a=b",
            "\u202eabc",
            "\ud83d\ude00",
            "e\u0301",
            "\ufffe",
            "sess_1",
            "user_1",
            "org_1",
            "idn_1",
            "x".repeat(256),
            "x".repeat(5000),
            "\u00e9".repeat(2000));
    private static final List<String> RAW =
            List.of("%", "%4", "%zz", "%ff", "%c3%28", "%ed%a0%80", "=&=&", "&&&", "a=b=c", ";", "+");
    private static final List<String> NAMES = List.of(
            "identifier[]",
            "code.x",
            "__proto__",
            "_method",
            "user_id",
            "session_id",
            "id",
            "role",
            "\u0000",
            "x".repeat(300));
    private static final List<String> TYPES = List.of(
            "application/json",
            "text/plain",
            "multipart/form-data",
            "application/x-www-form-urlencoded; charset=utf-16",
            "x");
    private static final List<String> ORIGINS =
            List.of("null", "https://evil.example", "http://localhost:3000", "x", "javascript:alert(1)");
    private static final List<String> QUERIES = List.of(
            "_is_native=1",
            "_is_native=maybe",
            "_method=DELETE",
            "_method=EVIL",
            "__clerk_db_jwt=dvb_forged",
            "__clerk_db_jwt=",
            "__clerk_api_version=2099-01-01",
            "__clerk_api_version=2024-10-01",
            "_clerk_session_id={session}",
            "_clerk_session_id=",
            "a=%ff",
            "a=1&a=2",
            "debug=skip_cache",
            "rotating_token_nonce=x",
            "__dev_session=x",
            "limit=-1",
            "limit=99999999999",
            "%00=1");
    private static final List<String> SPELLINGS =
            List.of("/", "//", "/.", "/..", "%2f", "%00", ";a=b", "%20", ".json", "/%2e%2e/me");

    private final RandomGenerator random;
    private final List<String> ids;
    private final List<String> credentials;

    /**
     * Prepares a generator.
     *
     * @param ids of sessions and attempts, to stand where a path has one
     * @param credentials that callers may show
     */
    Mischief(RandomGenerator random, List<String> ids, List<String> credentials) {
        this.random = random;
        this.ids = ids;
        this.credentials = credentials;
    }

    Call next() {
        Target target = any(TARGETS);
        String path = spelled(withIds(target.path()));
        if (chance(3)) path = withQuery(path, withIds(any(QUERIES)));
        if (chance(2)) path = withQuery(path, "__clerk_api_version=2026-05-12");
        Call call = withCaller(
                Call.of(chance(12) ? any(List.of("GET", "POST", "PUT", "PATCH", "DELETE")) : target.method(), path));
        if (call.method().equals("GET")) return call;
        String type = chance(12) ? any(TYPES) : "application/x-www-form-urlencoded";
        return call.with("Content-Type", type).with(body(target.fields()));
    }

    private String spelled(String path) {
        int query = path.indexOf('?');
        if (!chance(10)) return path;
        String bare = query < 0 ? path : path.substring(0, query);
        return bare + any(SPELLINGS) + (query < 0 ? "" : path.substring(query));
    }

    private String withIds(String text) {
        return text.replaceAll("\\{\\w+}", chance(6) ? Wire.encoded(any(VALUES)) : any(ids));
    }

    private Call withCaller(Call call) {
        Call made = call;
        if (chance(2)) made = made.with("Cookie", "__client=" + any(credentials));
        if (chance(5)) made = made.with("Origin", any(ORIGINS));
        if (chance(8)) made = made.with("Authorization", (chance(2) ? "Bearer " : "") + any(credentials));
        if (chance(10)) made = made.with("Clerk-API-Version", chance(2) ? "2025-04-10" : "x");
        return made;
    }

    private byte[] body(List<String> fields) {
        List<String> pairs = new ArrayList<>();
        for (String field : fields) if (!chance(4)) pairs.add(Wire.encoded(field) + "=" + value());
        if (!fields.isEmpty() && chance(8)) pairs.add(any(fields) + "=" + value());
        if (chance(8)) pairs.add(Wire.encoded(any(NAMES)) + "=" + value());
        return String.join("&", pairs).getBytes(StandardCharsets.ISO_8859_1);
    }

    private String value() {
        return chance(10) ? any(RAW) : Wire.encoded(any(VALUES));
    }

    private static String withQuery(String path, String pair) {
        return path + (path.contains("?") ? "&" : "?") + pair;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
