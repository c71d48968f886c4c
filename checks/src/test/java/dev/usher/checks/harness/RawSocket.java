package dev.usher.checks.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Bytes as they are, for what no HTTP client would send. */
public final class RawSocket {
    private RawSocket() {}

    /** Sends bytes and reads until the server closes, or has been silent for the time given. */
    public static String exchange(String url, byte[] bytes, Duration silence) throws IOException {
        URI uri = URI.create(url);
        try (Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort())) {
            socket.setSoTimeout((int) silence.toMillis());
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            } catch (SocketException closedEarly) {
                // What was answered before can still be read.
            }
            return read(socket.getInputStream());
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) read.write(buffer, 0, n);
        } catch (SocketTimeoutException silent) {
            // A server that waits for more has said all it has to say.
        } catch (SocketException reset) {
            // Closed without reading on.
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }
}
