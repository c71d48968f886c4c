package dev.usher.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packaged server as a process of its own, on a data folder of its own. */
final class ServerUnderTest implements AutoCloseable {
    static final String PASSWORD = "bench password 1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path folder;
    private final String url;
    private final Duration untilFirstAnswer;

    private ServerUnderTest(Process process, Path folder, String url, Duration untilFirstAnswer) {
        this.process = process;
        this.folder = folder;
        this.url = url;
        this.untilFirstAnswer = untilFirstAnswer;
    }

    /** Starts by the launcher, on SQLite, and waits for the first answer. */
    static ServerUnderTest start(Path folder, String javaOptions) throws IOException, InterruptedException {
        return start(folder, Map.of("USHER_JAVA_OPTIONS", javaOptions));
    }

    /** Starts with these variables. */
    static ServerUnderTest start(Path folder, Map<String, String> variables) throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = List.of(
                "./usher",
                "dev",
                "--port",
                String.valueOf(port),
                "--data",
                folder.resolve("data").toString());
        String url = "http://127.0.0.1:" + port;
        long begin = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        awaitAnswer(process, url);
        return new ServerUnderTest(process, folder, url, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static int freePort() throws IOException {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitAnswer(Process process, String url) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest health =
                    HttpRequest.newBuilder(URI.create(url + "/v1/health")).build();
            while (process.isAlive() && System.nanoTime() < end) {
                try {
                    if (http.send(health, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) return;
                } catch (IOException notYet) {
                    TimeUnit.MILLISECONDS.sleep(2);
                }
            }
        }
        throw new IllegalStateException("the server did not answer");
    }

    String url() {
        return url;
    }

    Duration untilFirstAnswer() {
        return untilFirstAnswer;
    }

    /** The key that the server has shown at its start. */
    String secretKey() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("out.txt"))) {
            return lines.filter(line -> line.contains("Secret key"))
                    .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .findFirst()
                    .orElseThrow();
        }
    }

    long pid() {
        return process.pid();
    }

    /** CPU time used so far, by all threads. */
    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The client token and the id of a session that was just signed up. */
    record SignedIn(String cookie, String sessionId) {}

    /** With a test address: the code is known, and nothing is sent. */
    static String email(int number) {
        return "bench" + number + "+clerk_test@example.com";
    }

    SignedIn signUp(HttpClient http, int number) throws IOException, InterruptedException {
        var created =
                post(http, "/v1/client/sign_ups", "", Map.of("email_address", email(number), "password", PASSWORD));
        String cookie = cookie(created);
        String id = field(created.body(), "sua_");
        post(http, "/v1/client/sign_ups/" + id + "/prepare_verification", cookie, Map.of("strategy", "email_code"));
        var done = post(
                http,
                "/v1/client/sign_ups/" + id + "/attempt_verification",
                cookie,
                Map.of("strategy", "email_code", "code", "424242"));
        return new SignedIn(cookie(done), field(done.body(), "sess_"));
    }

    /** Signs in by password; refused when it is wrong. */
    void signIn(HttpClient http, String email, String password) throws IOException, InterruptedException {
        post(http, "/v1/client/sign_ins", "", Map.of("identifier", email, "password", password));
    }

    private HttpResponse<String> post(HttpClient http, String path, String cookie, Map<String, String> form)
            throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path + "?__clerk_api_version=2026-05-12"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!cookie.isEmpty()) request.header("Cookie", cookie);
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) throw new IllegalStateException(path + ": " + response.body());
        return response;
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String cookie(HttpResponse<String> response) {
        String header = response.headers().firstValue("set-cookie").orElseThrow();
        return header.substring(0, header.indexOf(';'));
    }

    private static String field(String json, String prefix) {
        int at = json.indexOf('"' + prefix) + 1;
        return json.substring(at, json.indexOf('"', at));
    }

    /** Ends the process and keeps its data. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        delete(folder.resolve("data"));
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
