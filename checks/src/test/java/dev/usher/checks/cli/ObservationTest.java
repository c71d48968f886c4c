package dev.usher.checks.cli;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.UsherProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator sees of a running server: figures, traces, log lines and the pages in docs that speak of them. */
class ObservationTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Pattern NAME = Pattern.compile("\\b((?:usher|jvm|process|system)_[a-z_]+)");
    private static final ConcurrentLinkedQueue<String> exported = new ConcurrentLinkedQueue<>();

    private static HttpServer collector;
    private static UsherProcess process;
    private static RunningUsher usher;
    private static String metricsUrl;
    private static String session;

    @BeforeAll
    static void start() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            exported.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        process = UsherProcess.plan()
                .environment("USHER_METRICS_PORT", "0")
                .environment("USHER_LOG_LEVEL", "debug")
                .environment("USHER_LOG_FORMAT", "json")
                .environment(
                        "USHER_TRACES_ENDPOINT",
                        "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces")
                .environment("USHER_TRACES_PERCENT", "0")
                .start();
        usher = RunningUsher.around(process);
        Matcher said =
                Pattern.compile("metrics are at (http://[0-9.:]+)/metrics").matcher(logged());
        assertThat(said.find()).isTrue();
        metricsUrl = said.group(1);
        Fapi browser = usher.browser();
        session = browser.signUp(Person.fresh());
        Fapi.require(browser.mint(session));
        traced(browser);
    }

    /** The messages of the log, out of their JSON. */
    private static String logged() {
        return process.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(JsonMapper.shared()::readTree)
                .map(ObservationTest::formatted)
                .collect(Collectors.joining("\n"));
    }

    private static String formatted(JsonNode event) {
        String message = event.path("message").asString("");
        for (JsonNode argument : event.path("arguments"))
            message = message.replaceFirst("\\{}", Matcher.quoteReplacement(argument.asString("")));
        return message;
    }

    private static void traced(Fapi browser) throws IOException {
        String parent = "00-" + TRACE + "-00f067aa0ba902b7-01";
        Call call = browser.call("POST", "/v1/client/sessions/" + session + "/tokens")
                .with("traceparent", parent);
        assertThat(usher.send(call)).isOk();
        Answer refused = usher.send(
                Call.of("POST", "/v1/client/sessions/sess_none/tokens").with("traceparent", parent));
        assertThat(refused.at("/clerk_trace_id").asString()).isEqualTo(TRACE);
    }

    @AfterAll
    static void stop() {
        process.close();
        collector.stop(0);
        usher.witness().assertClean();
        theTraceHasTheRequestAndWhatItIsMadeOf();
    }

    /** What was not sent yet is sent when the server stops. */
    private static void theTraceHasTheRequestAndWhatItIsMadeOf() {
        byte[] id = HexFormat.of().parseHex(TRACE);
        assertThat(String.join("", exported))
                .contains(
                        new String(id, StandardCharsets.ISO_8859_1),
                        "POST /v1/client/sessions/{session_id}/tokens",
                        "signature",
                        "http.response.status_code")
                .doesNotContain(session);
    }

    private static String figures() throws IOException {
        try (InputStream page = URI.create(metricsUrl + "/metrics").toURL().openStream()) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void requestsAreCountedByOperationAndResultAndNeverByPath() throws IOException {
        assertThat(figures())
                .contains(
                        "usher_requests_seconds_count{operation=\"POST /v1/client/sessions/{session_id}/tokens\",result=\"ok\"} 2",
                        "operation=\"POST /v1/client/sessions/{session_id}/tokens\",result=\"refused\"} 1")
                .doesNotContain(session);
    }

    @Test
    void tokensSignaturesHashesAndCommitsAreCounted() throws IOException {
        String figures = figures();
        for (String name : Set.of(
                "usher_session_tokens_total",
                "usher_session_token_characters_total",
                "usher_signature_seconds_count",
                "usher_hash_seconds_count",
                "usher_store_commits_total",
                "usher_store_committed_writes_total",
                "usher_store_reachable"))
            assertThat(value(figures, name)).as(name).isPositive();
        assertThat(value(figures, "usher_large_session_tokens_total")).isZero();
    }

    private static double value(String figures, String name) {
        return figures.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Figures are for the inside: the public port has none of them. */
    @Test
    void thePublicPortShowsNoFigures() {
        assertThat(usher.get("/metrics").status()).isEqualTo(404);
    }

    @Test
    void aRequestHasOneLineWithItsTraceAndOperation() {
        assertThat(process.output().lines().filter(line -> line.contains(TRACE) && line.contains("usher.request")))
                .hasSize(2)
                .allMatch(line -> line.replace("\\/", "/").contains("POST /v1/client/sessions/{session_id}/tokens"));
    }

    @Test
    void everyQueryOfTheDashboardAndOfTheAlertsNamesAFigureThatThereIs() throws IOException {
        Set<String> there = figures()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[ {]", 2)[0])
                .collect(Collectors.toSet());
        Set<String> asked = new TreeSet<>();
        for (String file : Set.of("grafana.json", "alerts.yaml"))
            names(Files.readString(Path.of("../docs/operations", file)), asked);
        assertThat(asked).hasSizeGreaterThan(15).isSubsetOf(there);
    }

    private static void names(String text, Set<String> into) {
        text.lines()
                .filter(line -> line.contains("expr"))
                .map(NAME::matcher)
                .forEach(matcher ->
                        matcher.results().map(found -> found.group(1)).forEach(into::add));
    }

    @Test
    void aliveAndReadyAreTwoThings() {
        assertThat(usher.knock(Call.of("GET", "/_usher/live")).text()).contains("alive");
        Answer ready = usher.knock(Call.of("GET", "/_usher/ready"));
        assertThat(ready.status()).isEqualTo(200);
        for (String check : Set.of("database", "disk", "keys"))
            assertThat(ready.at("/checks/" + check).asString()).isEqualTo("ok");
    }
}
