package dev.usher.checks.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.usher.checks.harness.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** An app's endpoint on a socket: keeps what it is told, and answers as it is bidden. */
public final class Receiver implements AutoCloseable {
    public static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";
    private static final int PATIENCE_SECONDS = 30;

    private final HttpServer server;
    private final BlockingQueue<Told> arrived = new LinkedBlockingQueue<>();
    private final List<Told> passedOver = new ArrayList<>();
    private volatile int status = 204;

    /** One request: its headers in lower case, and its body. */
    public record Told(Map<String, String> headers, String body) {
        public JsonNode json() {
            return Wire.json(body);
        }

        public String type() {
            return json().path("type").asString("");
        }

        public String id() {
            return headers.get("svix-id");
        }
    }

    public Receiver() {
        this(0);
    }

    public Receiver(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/hook", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), all.getFirst()));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int code = status;
        exchange.sendResponseHeaders(code, -1);
        exchange.close();
        arrived.add(new Told(headers, body));
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** As lines of a configuration file. */
    public String declared(String... events) {
        String only = events.length == 0 ? "" : "      events: [" + String.join(", ", events) + "]\n";
        return "instance:\n  webhooks:\n    - url: " + url() + "\n      secret: " + SECRET + "\n" + only;
    }

    void answers(int code) {
        status = code;
    }

    /** The next of a type about a subject; others are kept for later. */
    public Told next(String type, String id) {
        return next(told -> told.type().equals(type)
                && told.json().at("/data/id").asString("").equals(id));
    }

    public Told next(Predicate<Told> wanted) {
        for (Told told : passedOver)
            if (wanted.test(told)) {
                passedOver.remove(told);
                return told;
            }
        try {
            for (; ; ) {
                Told told = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (told == null)
                    throw new AssertionError("nothing of the kind arrived, only "
                            + passedOver.stream().map(Told::type).toList());
                if (wanted.test(told)) return told;
                passedOver.add(told);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Everything that arrived and was not asked for. */
    List<Told> rest() {
        arrived.drainTo(passedOver);
        return List.copyOf(passedOver);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
