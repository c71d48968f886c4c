package dev.usher.http;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The socket: an HTTP/1.1 server on virtual threads with every limit set. */
public final class Listener implements AutoCloseable {
    private static final int PROLOGUE_LIMIT_BYTES = 8 * 1024;
    private static final int HEADERS_LIMIT_BYTES = 24 * 1024;
    /** How the web server says so to {@link Malformed}; by its status alone, it is any bad request. */
    private static final String HEADERS_TOO_LARGE = "Header size exceeded";
    /** Room for the largest picture in base64. */
    private static final long PAYLOAD_LIMIT_BYTES = 14L * 1024 * 1024;

    private static final int MOST_CONNECTIONS = 4096;
    private static final Duration IDLE = Duration.ofSeconds(75);

    private final WebServer server;
    private final Edge edge;

    /**
     * Starts to listen.
     *
     * @param port 0 for a free one
     * @param certificate for TLS; without one, connections are in the clear
     */
    public Listener(String host, int port, Optional<Certificate> certificate, Edge edge) {
        this.edge = edge;
        requireFree(address(host), port);
        WebServerConfig.Builder listening = WebServer.builder()
                .address(address(host))
                .port(port)
                .maxPayloadSize(PAYLOAD_LIMIT_BYTES)
                .maxTcpConnections(MOST_CONNECTIONS)
                .backlog(MOST_CONNECTIONS)
                .idleConnectionTimeout(IDLE)
                .connectionOptions(options -> options.tcpNoDelay(true))
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .concurrencyLimitDiscoverServices(false)
                .addConnectionSelector(connectionSelector())
                .directHandlers(directHandlers())
                .errorHandling(told -> told.includeEntity(true))
                .routing(routing -> routing.any(this::serve));
        certificate.ifPresent(files -> listening.tls(files.tls()));
        this.server = listening.build().start();
        if (server.port() < 0) throw new IllegalStateException("cannot listen on " + host + ", port " + port);
    }

    private static Http1ConnectionSelector connectionSelector() {
        return Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxPrologueLength(PROLOGUE_LIMIT_BYTES)
                        .maxHeadersSize(HEADERS_LIMIT_BYTES)
                        .buildPrototype())
                .build();
    }

    /** Files in PEM: the certificate with those above it, and its private key. */
    public record Certificate(Path chain, Path key) {
        Tls tls() {
            Keys keys = Keys.builder()
                    .pem(pem -> pem.certChain(Resource.create(chain)).key(Resource.create(key)))
                    .build();
            return Tls.builder()
                    .privateKey(keys)
                    .privateKeyCertChain(keys)
                    .enabledProtocols(List.of("TLSv1.3", "TLSv1.2"))
                    .build();
        }
    }

    /** The web server would log a trace of its own for a port that is taken. */
    private static void requireFree(InetAddress address, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot listen on " + address.getHostAddress() + ", port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Loads what a listener needs, to be run beside the opening of the database: it takes a tenth of a second. */
    public static void prepare() {
        WebServer.builder()
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .concurrencyLimitDiscoverServices(false)
                .addConnectionSelector(connectionSelector())
                .build();
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address is known for " + host, e);
        }
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    private void serve(ServerRequest request, ServerResponse response) {
        HelidonRequest asked = new HelidonRequest(request);
        Edge.Answer answer = edge.answer(asked);
        response.status(Status.create(answer.status()));
        for (Reply.Header header : answer.headers())
            response.headers().add(HeaderNames.create(header.name()), header.value());
        if (asked.isBroken()) response.headers().set(HeaderValues.CONNECTION_CLOSE);
        if (answer.body().length == 0 || request.prologue().method().text().equals("HEAD")) response.send();
        else response.send(answer.body());
    }

    private DirectHandlers directHandlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) handlers.addHandler(type, new Malformed());
        return handlers.build();
    }

    /** Answers bytes that never became a request in the published shape, without repeating any of them. */
    private final class Malformed implements DirectHandler {
        @Override
        public TransportResponse handle(
                TransportRequest request,
                EventType type,
                Status status,
                ServerResponseHeaders headers,
                String message) {
            int code = code(type, status, message);
            String reason = code == 431
                    ? "request header fields too large"
                    : Status.create(code).reasonPhrase().toLowerCase(Locale.ROOT);
            Edge.Answer answer = edge.malformed(code, "The request could not be read: " + reason + ".");
            answer.headers().forEach(h -> headers.set(HeaderNames.create(h.name()), h.value()));
            return TransportResponse.builder()
                    .status(Status.create(code))
                    .headers(headers)
                    .keepAlive(false)
                    .entity(answer.body())
                    .build();
        }

        private static int code(EventType type, Status status, String message) {
            if (message.equals(HEADERS_TOO_LARGE)) return 431;
            if (type == EventType.INTERNAL_ERROR) return 500;
            return status.code() < 500 ? status.code() : 400;
        }
    }

    /** Stops to accept, lets what is under way finish, closes. */
    @Override
    public void close() {
        server.stop();
    }
}
