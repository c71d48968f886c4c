package dev.usher.checks.harness;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Rules for every answer, published or not: cookies, secrets, error envelope, and nothing of the server's inside. */
final class Lint {
    private static final int LARGEST_COOKIE_BYTES = 4096;
    private static final Pattern INSIDES = Pattern.compile(
            "\\bat [a-z]\\w*(\\.[\\w$]+)+\\([\\w.]+:\\d+\\)|\\b(java|dev\\.usher|io\\.helidon|org\\.sqlite)\\.[a-z]"
                    + "|\\w+Exception\\b|SQLITE_|Caused by:");

    private Lint() {}

    static List<String> faults(Call call, Answer answer) {
        List<String> faults = new ArrayList<>();
        if (answer.status() >= 500) faults.add("a 5xx");
        boolean api = call.path().startsWith("/v1/") || call.path().startsWith("/.well-known/");
        if (api) faults.addAll(ofApi(call, answer));
        answer.headers("set-cookie").forEach(cookie -> faults.addAll(ofCookie(cookie)));
        if (namesRepeat(answer.headers("set-cookie"))) faults.add("one cookie set twice (RFC 6265, 4.1.1)");
        if (answer.headers("authorization").size() > 1) faults.add("two client tokens in one answer");
        if (answer.headers().containsKey("x-powered-by")) faults.add("names its software");
        return faults;
    }

    private static boolean namesRepeat(List<String> cookies) {
        return cookies.stream()
                        .map(cookie -> cookie.split("=", 2)[0])
                        .distinct()
                        .count()
                < cookies.size();
    }

    private static List<String> ofApi(Call call, Answer answer) {
        List<String> faults = new ArrayList<>();
        String text = answer.text();
        boolean head = call.method().equals("HEAD");
        boolean leadsElsewhere = answer.status() / 100 == 3;
        // A browser lands on the handshake with a whole page, so a loop is explained by one.
        boolean page =
                call.path().equals("/v1/client/handshake") && type(answer).startsWith("text/html");
        if (answer.status() != 204
                && !leadsElsewhere
                && !head
                && !page
                && !type(answer).startsWith("application/json")) faults.add("not JSON: " + type(answer));
        if (INSIDES.matcher(text).find()) faults.add("shows the server's insides");
        if (secrets(call, answer).anyMatch(text::contains)) faults.add("a client secret in the body");
        boolean secret = text.contains("\"jwt\"") || answer.headers().containsKey("set-cookie");
        if (secret && !answer.header("cache-control").orElse("").contains("no-store")) faults.add("may be cached");
        if (answer.status() >= 400 && !head && !page) faults.addAll(ofError(answer));
        return faults;
    }

    private static String type(Answer answer) {
        return answer.header("content-type").orElse("no content type");
    }

    private static List<String> ofError(Answer answer) {
        List<String> faults = new ArrayList<>();
        Optional<JsonNode> body = body(answer);
        if (body.isEmpty()) return List.of("an error that is no JSON");
        if (body.get().path("clerk_trace_id").asString("").isBlank()) faults.add("an error without clerk_trace_id");
        if (body.get().path("errors").isEmpty()) faults.add("an error without errors");
        for (JsonNode error : body.get().path("errors"))
            for (String field : List.of("code", "message", "long_message"))
                if (error.path(field).asString("").isBlank()) faults.add("an error without " + field);
        if (answer.code().startsWith("form_") && !answer.at("/errors/0/meta").has("param_name"))
            faults.add("an error of a form that does not name its field");
        if (answer.status() == 429 && answer.header("retry-after").isEmpty()) faults.add("429 without Retry-After");
        return faults;
    }

    private static Optional<JsonNode> body(Answer answer) {
        try {
            return Optional.of(answer.json());
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    private static List<String> ofCookie(String cookie) {
        List<String> faults = new ArrayList<>();
        String name = cookie.substring(0, Math.max(0, cookie.indexOf('=')));
        String attributes = cookie.toLowerCase(Locale.ROOT);
        // Application code compares it with the session token's iat, so it alone is readable by scripts.
        boolean readable = name.startsWith("__client_uat");
        if (!readable && !attributes.contains("; httponly")) faults.add("a cookie that scripts can read: " + name);
        if (!attributes.contains("; samesite=")) faults.add("a cookie without SameSite: " + name);
        if (!attributes.contains("; path=/")) faults.add("a cookie without Path: " + name);
        if (name.equals("__client") && attributes.contains("; domain=")) faults.add("a client cookie with a Domain");
        if (cookie.getBytes(StandardCharsets.UTF_8).length >= LARGEST_COOKIE_BYTES)
            faults.add("a cookie that browsers drop for its size: " + name);
        return faults;
    }

    /** The client secrets of this exchange, shown by the caller or given to it. */
    private static Stream<String> secrets(Call call, Answer answer) {
        Stream<String> shown = call.header("cookie").stream()
                .flatMap(header -> Stream.of(header.split("; ")))
                .filter(pair -> pair.startsWith("__client="))
                .map(pair -> pair.substring(9));
        Stream<String> given = answer.headers("set-cookie").stream()
                .filter(cookie -> cookie.startsWith("__client="))
                .map(cookie -> cookie.substring(9).split(";", 2)[0]);
        Stream<String> carried =
                Stream.concat(call.header("authorization").stream(), answer.headers("authorization").stream());
        return Stream.of(shown, given, carried).flatMap(one -> one).filter(secret -> secret.length() > 20);
    }
}
