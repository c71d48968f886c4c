package dev.usher.doctor;

import dev.usher.base.Json;
import dev.usher.base.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Plain requests as a browser or a server sends them: no redirect is followed, no cookie is kept, no certificate is excused. */
final class Asking implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_CHARACTERS = 512 * 1024;

    static {
        // Host is what tells instances apart.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();

    /** What came back: an answer, or the reason why there is none, with status 0. */
    record Answer(int status, Map<String, List<String>> headers, String body, String silence) {
        static Answer silence(String why) {
            return new Answer(0, Map.of(), "", why);
        }

        boolean came() {
            return status > 0;
        }

        Optional<String> header(String name) {
            return headers(name).stream().findFirst();
        }

        List<String> headers(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .flatMap(entry -> entry.getValue().stream())
                    .toList();
        }

        Optional<JsonNode> json() {
            try {
                return Optional.of(Json.parse(body)).filter(JsonNode::isObject);
            } catch (JacksonException e) {
                return Optional.empty();
            }
        }

        /** The code of the first error in a body of the published shape. */
        String errorCode() {
            return json().map(node -> node.path("errors").path(0).path("code").asString(""))
                    .orElse("");
        }
    }

    static boolean isAddress(String url) {
        if (!url.matches("(?i)https?://[^\\s/]+.*")) return false;
        try {
            return URI.create(url).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static String base(String url) {
        return url.replaceFirst("/+$", "");
    }

    /** The same address with the other scheme. */
    static String otherScheme(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return lower.startsWith("https:") ? "http:" + url.substring(6) : "https:" + url.substring(5);
    }

    Answer get(String url, String... headers) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).GET();
            for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            String body = new String(response.body(), StandardCharsets.UTF_8);
            return new Answer(
                    response.statusCode(),
                    response.headers().map(),
                    body.length() > MOST_CHARACTERS ? body.substring(0, MOST_CHARACTERS) : body,
                    "");
        } catch (IOException | IllegalArgumentException e) {
            String why = e.getClass().getSimpleName();
            return Answer.silence(e.getMessage() == null ? why : why + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.silence("interrupted");
        }
    }

    Answer withKey(String url, Secret key) {
        return get(url, "Authorization", "Bearer " + key.reveal());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
