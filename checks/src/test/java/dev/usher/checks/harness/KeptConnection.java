package dev.usher.checks.harness;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One connection that is kept, with one request at a time: for many callers who shall cost little beside the server. It is
 * made when it is first needed, and again after it broke. Its answers go past no witness.
 */
public final class KeptConnection implements AutoCloseable {
    private final URI url;
    private Socket socket;
    private InputStream in;

    public KeptConnection(String url) {
        this.url = URI.create(url);
    }

    public Answer send(Call call) throws IOException {
        return exchange(bytes(call));
    }

    /** A request as it goes over the wire. */
    public byte[] bytes(Call call) {
        StringBuilder head = new StringBuilder(call.method() + " " + call.target() + " HTTP/1.1\r\n");
        call.headers()
                .forEach(h ->
                        head.append(h.name()).append(": ").append(h.value()).append("\r\n"));
        if (call.header("host").isEmpty())
            head.append("Host: ").append(url.getAuthority()).append("\r\n");
        head.append("Content-Length: ").append(call.body().length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = new byte[start.length + call.body().length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(call.body(), 0, whole, start.length, call.body().length);
        return whole;
    }

    /** Sends a request and reads its answer; the connection is gone when that fails. */
    public Answer exchange(byte[] request) throws IOException {
        try {
            if (socket == null) open();
            socket.getOutputStream().write(request);
            return answer();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void open() throws IOException {
        socket = new Socket(url.getHost(), url.getPort());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        Map<String, List<String>> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(line.substring(colon + 1).trim());
        }
        int length = headers.containsKey("content-length")
                ? Integer.parseInt(headers.get("content-length").getFirst())
                : 0;
        byte[] body = in.readNBytes(length);
        if (body.length < length) throw new EOFException("the answer ended early");
        if (headers.getOrDefault("connection", List.of()).contains("close")) close();
        return new Answer(status, headers, body);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) throw new EOFException("the server closed the connection");
            if (c != '\r') line.append((char) c);
        }
        return line.toString();
    }

    @Override
    public void close() {
        try (Socket old = socket) {
            socket = null;
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }
}
