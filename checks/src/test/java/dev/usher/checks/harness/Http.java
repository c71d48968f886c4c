package dev.usher.checks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;

/** Sends calls as they are: no redirect is followed, no cookie is kept. */
final class Http {
    static {
        // Host is what tells instances apart, and a proxy has to pass it on.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(60))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private Http() {}

    static Answer send(String origin, Call call) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + call.target()))
                .timeout(Duration.ofMinutes(4))
                .method(call.method(), publisher(call));
        call.headers().forEach(header -> request.header(header.name(), header.value()));
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(), lowerCase(response.headers().map()), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static HttpRequest.BodyPublisher publisher(Call call) {
        boolean empty = call.body().length == 0 && !call.method().equals("POST");
        return empty ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(call.body());
    }

    private static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
        Map<String, List<String>> lower = new HashMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
        return lower;
    }
}
