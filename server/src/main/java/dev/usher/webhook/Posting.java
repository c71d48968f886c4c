package dev.usher.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to addresses that strangers may have named. The name is looked up once, and the connection goes to the address that
 * was checked; no redirect is followed, and no more than the beginning of an answer is read.
 */
final class Posting implements AutoCloseable {
    private static final int LONGEST_ANSWER = 1024;
    private static final int MOST_CONNECTIONS = 64;

    private final Duration patience;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("usher-webhook-watch").daemon().factory());
    private final CloseableHttpClient client;

    /**
     * @param patience how long one try may take, from the first byte of the connection to the end of the answer
     */
    Posting(Duration patience) {
        this.patience = patience;
        this.client = client(Timeout.of(patience));
    }

    private static CloseableHttpClient client(Timeout patience) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new NoNames())
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(patience)
                        .setSocketTimeout(patience)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(patience)
                        .setResponseTimeout(patience)
                        .setRedirectsEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .setUserAgent("Usher-Webhooks")
                .build();
    }

    /** Every name is looked up before: whoever comes here would go to an address that nobody has checked. */
    private static final class NoNames implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }
    }

    /** Posts the body; whatever goes wrong is an answer without a status. */
    Answer post(URI url, String body, Map<String, String> headers, Reach reach) {
        try {
            boolean encrypted = url.getScheme().equals("https");
            InetAddress[] found = InetAddress.getAllByName(url.getHost());
            var allowed = Stream.of(found)
                    .filter(address -> reach.allows(address, encrypted))
                    .toList();
            if (allowed.isEmpty()) return Answer.none(refusal(url, found, encrypted));
            IOException trouble = new IOException("no address");
            for (InetAddress address : allowed) {
                try {
                    return post(target(url, address), url, body, headers);
                } catch (ConnectException e) {
                    trouble = e;
                }
            }
            return Answer.none(told(trouble));
        } catch (UnknownHostException e) {
            return Answer.none("no such host: " + url.getHost());
        } catch (IOException e) {
            return Answer.none(told(e));
        }
    }

    private static String refusal(URI url, InetAddress[] found, boolean encrypted) {
        String where = url.getHost() + " is at " + found[0].getHostAddress();
        return encrypted
                ? where + ", which is not a public address and not among webhooks.allowed-addresses"
                : where + ", and plain http goes to webhooks.allowed-addresses alone";
    }

    private static String told(IOException e) {
        return e.getClass().getSimpleName()
                + Optional.ofNullable(e.getMessage()).map(text -> ": " + text).orElse("");
    }

    private static HttpHost target(URI url, InetAddress address) {
        int usual = url.getScheme().equals("https") ? 443 : 80;
        return new HttpHost(url.getScheme(), address, url.getHost(), url.getPort() < 0 ? usual : url.getPort());
    }

    private Answer post(HttpHost target, URI url, String body, Map<String, String> headers) throws IOException {
        HttpPost request = new HttpPost(url);
        headers.forEach(request::setHeader);
        request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        Future<?> end = watch.schedule(request::cancel, patience.toMillis(), TimeUnit.MILLISECONDS);
        try (ClassicHttpResponse response = client.executeOpen(target, request, null)) {
            return answer(request, response);
        } catch (IOException e) {
            if (end.isDone()) throw new IOException("no whole answer within " + patience.toSeconds() + " s", e);
            throw e;
        } finally {
            end.cancel(false);
        }
    }

    /** Of a long answer the rest is not waited for. */
    private static Answer answer(HttpPost request, ClassicHttpResponse response) throws IOException {
        String text = "";
        if (response.getEntity() != null) {
            try (InputStream content = response.getEntity().getContent()) {
                byte[] start = content.readNBytes(LONGEST_ANSWER + 1);
                if (start.length > LONGEST_ANSWER) request.cancel();
                text = new String(start, 0, Math.min(start.length, LONGEST_ANSWER), StandardCharsets.UTF_8);
            }
        }
        return new Answer(Optional.of(response.getCode()), text.replace("\0", ""));
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        client.close();
    }
}
