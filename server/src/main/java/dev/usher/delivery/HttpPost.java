package dev.usher.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts to a provider's address; no redirect is followed, so that a secret never goes elsewhere. */
final class HttpPost {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Made at the first use, since it loads the whole of TLS. */
    private static final class Lazy {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .build();
    }

    /** Sends the body with these headers, names and values in turn.
     *
     * @throws IOException for any answer but a 2xx
     */
    void send(URI uri, String body, String... headers) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status = Lazy.CLIENT
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status / 100 != 2) throw new IOException(uri.getHost() + " answered " + status);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while posting to " + uri.getHost(), e);
        }
    }
}
