package dev.usher.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.webserver.http.ServerRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** A request of the web server in our own terms. */
final class HelidonRequest implements Request {
    private final ServerRequest request;
    private boolean isBroken;

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
    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    @Override
    public byte[] body(int limitBytes) {
        if (!request.content().hasEntity()) return new byte[0];
        long length = request.headers().contentLength().orElse(Long.MAX_VALUE);
        byte[] body = length <= limitBytes ? exactly((int) length) : bytes(limitBytes + 1);
        if (body.length > limitBytes) throw Errors.bodyTooLarge(limitBytes);
        return body;
    }

    private byte[] exactly(int length) {
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length == length) return bytes;
            throw new EOFException();
        } catch (IOException | RuntimeException e) {
            throw broken(e, length);
        }
    }

    private byte[] bytes(int most) {
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(most);
            // The rest, which the listener limits, is read too: an answer sent before it would be lost to many clients.
            in.transferTo(OutputStream.nullOutputStream());
            return bytes;
        } catch (IOException | RuntimeException e) {
            throw broken(e, most - 1);
        }
    }

    private Refusal broken(Exception e, int limitBytes) {
        isBroken = true;
        boolean tooLarge = e instanceof HttpException http && http.status().code() == 413;
        return tooLarge
                ? Errors.bodyTooLarge(limitBytes)
                : Errors.malformedParameters("The body ended too early or its chunks are malformed.");
    }

    /** Whether nothing on this connection can be understood any more. */
    boolean isBroken() {
        return isBroken;
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
