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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Load over keep-alive connections, each with one request at a time. */
final class Load {
    /** How each connection decides when to send its next request. */
    private interface Pace {
        /** Waits if need be; tells the instant in nanoseconds from which the answer's delay counts. */
        long next();
    }

    /** The requests in turn, by a number that counts over all connections; an empty one when there are no more. */
    interface Requests {
        byte[] request(long number);
    }

    private final URI url;
    private final int connections;
    private final Requests requests;
    private final AtomicLong number = new AtomicLong();

    Load(String url, int connections, Requests requests) {
        this.url = URI.create(url);
        this.connections = connections;
        this.requests = requests;
    }

    /** What came of a run: answers, seconds, latencies in microseconds in ascending order. */
    record Result(int answers, double seconds, long[] micros) {
        double perSecond() {
            return answers / seconds;
        }

        double percentileMillis(double percent) {
            if (micros.length == 0) return 0;
            return micros[(int) Math.min(micros.length - 1L, (long) (micros.length * percent / 100))] / 1000.0;
        }
    }

    /** As fast as answers come: each connection sends its next request when it has its answer. */
    Result closed(Duration time) throws InterruptedException, ExecutionException {
        return run(time, System::nanoTime);
    }

    /** So many requests a second, whatever the answers take; delays count from the instant that a request was due. */
    Result open(Duration time, double perSecond) throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        double step = 1e9 / perSecond;
        AtomicLong ticks = new AtomicLong();
        return run(time, () -> {
            long due = begin + (long) (ticks.getAndIncrement() * step);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
                LockSupport.parkNanos(left);
            return due;
        });
    }

    private Result run(Duration time, Pace pace) throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        List<long[]> all = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            List<Callable<long[]>> tasks = new ArrayList<>();
            for (int i = 0; i < connections; i++) tasks.add(() -> connection(pace, end));
            for (Future<long[]> future : threads.invokeAll(tasks)) all.add(future.get());
        }
        long[] micros = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Result(micros.length, (System.nanoTime() - begin) / 1e9, micros);
    }

    private long[] connection(Pace pace, long end) throws IOException {
        long[] micros = new long[1 << 16];
        int count = 0;
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            OutputStream out = socket.getOutputStream();
            for (long due = pace.next(); due < end; due = pace.next()) {
                byte[] request = requests.request(number.getAndIncrement());
                if (request.length == 0) break;
                out.write(request);
                readAnswer(in);
                if (count == micros.length) micros = Arrays.copyOf(micros, count * 2);
                micros[count++] = (System.nanoTime() - due) / 1000;
            }
        }
        return Arrays.copyOf(micros, count);
    }

    private static void readAnswer(InputStream in) throws IOException {
        int length = 0;
        String status = line(in);
        for (String line = line(in); !line.isEmpty(); line = line(in))
            if (line.regionMatches(true, 0, "content-length:", 0, 15))
                length = Integer.parseInt(line.substring(15).trim());
        if (status.contains(" 200 ")) in.skipNBytes(length);
        else
            throw new IOException(
                    "answered " + status + ": " + new String(in.readNBytes(length), StandardCharsets.UTF_8));
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
