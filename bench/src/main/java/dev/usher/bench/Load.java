package dev.usher.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Closed-loop load over keep-alive connections: each sends its next request when it has its answer. */
final class Load {
    private Load() {}

    /** What came of a run: answers, seconds, latencies in microseconds in ascending order. */
    record Result(int answers, double seconds, long[] micros) {
        double perSecond() {
            return answers / seconds;
        }

        double percentileMillis(double percent) {
            return micros[(int) Math.min(micros.length - 1L, (long) (micros.length * percent / 100))] / 1000.0;
        }
    }

    static Result run(String url, List<ServerUnderTest.SignedIn> people, int connections, Duration time)
            throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        List<long[]> all = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            List<Callable<long[]>> tasks = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int offset = i;
                tasks.add(() -> connection(URI.create(url), people, offset, end));
            }
            for (Future<long[]> future : threads.invokeAll(tasks)) all.add(future.get());
        }
        long[] micros = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Result(micros.length, (System.nanoTime() - begin) / 1e9, micros);
    }

    private static long[] connection(URI url, List<ServerUnderTest.SignedIn> people, int offset, long end)
            throws IOException {
        long[] micros = new long[1 << 20];
        int count = 0;
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            OutputStream out = socket.getOutputStream();
            while (System.nanoTime() < end && count < micros.length) {
                byte[] request = request(url, people.get((offset + count * 7) % people.size()));
                long sent = System.nanoTime();
                out.write(request);
                readAnswer(in);
                micros[count++] = (System.nanoTime() - sent) / 1000;
            }
        }
        return Arrays.copyOf(micros, count);
    }

    /** With the headers that a browser sends. */
    private static byte[] request(URI url, ServerUnderTest.SignedIn person) {
        return ("POST /v1/client/sessions/" + person.sessionId()
                        + "/tokens?__clerk_api_version=2026-05-12&_clerk_js_version=6.40.0 HTTP/1.1\r\n"
                        + "Host: " + url.getAuthority() + "\r\n"
                        + "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36\r\n"
                        + "Accept: */*\r\nAccept-Language: en-GB,en;q=0.9\r\nAccept-Encoding: gzip, deflate, br\r\n"
                        + "Origin: http://localhost:3000\r\nReferer: http://localhost:3000/\r\n"
                        + "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n"
                        + "Cookie: " + person.cookie() + "\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 16\r\n\r\norganization_id=")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void readAnswer(InputStream in) throws IOException {
        int length = 0;
        String status = line(in);
        if (!status.contains(" 200 ")) throw new IOException("answered " + status);
        for (String line = line(in); !line.isEmpty(); line = line(in))
            if (line.regionMatches(true, 0, "content-length:", 0, 15))
                length = Integer.parseInt(line.substring(15).trim());
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) throw new IOException("the connection was closed");
            if (c != '\r') line.append((char) c);
        }
        return line.toString();
    }
}
