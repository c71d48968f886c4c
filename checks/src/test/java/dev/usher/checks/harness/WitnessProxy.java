package dev.usher.checks.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * A reverse proxy that shows every answer to the witness and changes nothing, so that unmodified clients can be watched. Its own
 * address takes the server's place in what the client knows; Host, Origin, cookies and all Set-Cookie headers pass as they are.
 */
public final class WitnessProxy implements AutoCloseable {
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "content-length", "transfer-encoding", "upgrade", "expect", "date");

    private final String upstream;
    private final Witness witness;
    private final HttpServer server;

    public WitnessProxy(String upstream, Witness witness) {
        this.upstream = upstream;
        this.witness = witness;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::pass);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Where clients find it. */
    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = read(exchange);
            Answer answer = Http.send(upstream, call);
            witness.saw(call, answer);
            write(exchange, call, answer);
        }
    }

    private static Call read(HttpExchange exchange) throws IOException {
        List<Call.Header> headers = new ArrayList<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> {
                    if (passes(name)) headers.add(new Call.Header(name, value));
                }));
        return new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                List.copyOf(headers),
                exchange.getRequestBody().readAllBytes());
    }

    private static boolean passes(String name) {
        return !HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT));
    }

    private static void write(HttpExchange exchange, Call call, Answer answer) throws IOException {
        answer.headers().forEach((name, values) -> {
            if (passes(name))
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
        });
        boolean bare = answer.bytes().length == 0 || call.method().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), bare ? -1 : answer.bytes().length);
        if (!bare) exchange.getResponseBody().write(answer.bytes());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
