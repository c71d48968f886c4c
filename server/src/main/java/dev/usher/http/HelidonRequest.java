package dev.usher.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** A request of the web server in our own terms. */
final class HelidonRequest implements Request {
    private final ServerRequest request;

    HelidonRequest(ServerRequest request) {
        this.request = request;
    }

    @Override
    public String method() {
        return request.prologue().method().text();
    }

    @Override
    public String path() {
        return request.path().rawPath();
    }

    @Override
    public String query() {
        return request.query().rawValue();
    }

    @Override
    public List<String> headers(String name) {
        return request.headers().all(HeaderNames.create(name), List::of);
    }

    @Override
    public byte[] body(int limitBytes) {
        if (!request.content().hasEntity()) return new byte[0];
        try (InputStream in = request.content().inputStream()) {
            byte[] body = in.readNBytes(limitBytes + 1);
            if (body.length > limitBytes) throw Errors.bodyTooLarge(limitBytes);
            return body;
        } catch (IOException | UncheckedIOException e) {
            throw Errors.malformedParameters("The body ended too early.");
        }
    }

    @Override
    public String peerAddress() {
        return request.remotePeer().host();
    }

    @Override
    public boolean isSecure() {
        return request.isSecure();
    }
}
