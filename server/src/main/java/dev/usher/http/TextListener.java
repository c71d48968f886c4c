package dev.usher.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;

/** A second socket with one page of text, for a machine that collects figures. */
public final class TextListener implements AutoCloseable {
    private final WebServer server;

    public TextListener(String host, int port, String path, String contentType, Supplier<String> text) {
        server = WebServer.builder()
                .address(address(host))
                .port(port)
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .maxTcpConnections(64)
                .routing(routing -> routing.get(
                        path,
                        (request, response) -> response.header(HeaderNames.CONTENT_TYPE, contentType)
                                .send(text.get())))
                .build()
                .start();
        if (server.port() < 0) throw new IllegalStateException("cannot listen on " + host + ", port " + port);
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address is known for " + host, e);
        }
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
