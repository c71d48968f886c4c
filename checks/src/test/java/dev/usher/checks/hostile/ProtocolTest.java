package dev.usher.checks.hostile;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.RawSocket;
import dev.usher.checks.harness.RunningUsher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sins against HTTP itself, over bare sockets: refused or closed, and the server goes on. */
class ProtocolTest {
    private static final Duration SILENCE = Duration.ofMillis(400);
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    @AfterEach
    void theServerStillAnswers() {
        assertThat(usher.get("/v1/health")).isOk();
    }

    private static String exchange(String request) throws IOException {
        return RawSocket.exchange(usher.url(), request.getBytes(StandardCharsets.ISO_8859_1), SILENCE);
    }

    private static String post(String headers, String body) {
        return "POST /v1/client/sign_ins HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n" + headers + "\r\n" + body;
    }

    private static String get(String headers) {
        return "GET /v1/client HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    }

    /** Requests that must never be answered with success. */
    private static Map<String, String> sins() {
        Map<String, String> sins = new LinkedHashMap<>();
        sins.put("no request at all", "hello\r\n\r\n");
        sins.put("a line without version", "GET /v1/client\r\n\r\n");
        sins.put("an unknown version", "GET /v1/client HTTP/9.9\r\nHost: localhost\r\n\r\n");
        sins.put("a lower-case version", "GET /v1/client http/1.1\r\nHost: localhost\r\n\r\n");
        sins.put("two lengths", post("Content-Length: 3\r\nContent-Length: 5\r\n", "a=bcd"));
        sins.put("length and chunks", post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
        sins.put("a negative length", post("Content-Length: -1\r\n", "a=b"));
        sins.put("a length with a sign", post("Content-Length: +3\r\n", "a=b"));
        sins.put("a length in hexadecimal", post("Content-Length: 0x3\r\n", "a=b"));
        sins.put("a length beyond all numbers", post("Content-Length: 99999999999999999999\r\n", "a=b"));
        sins.put("two gigabytes announced", post("Content-Length: 2147483648\r\n", "a=b"));
        sins.put("a chunk of no size", post("Transfer-Encoding: chunked\r\n", "x\r\na=b\r\n0\r\n\r\n"));
        sins.put("a chunk of negative size", post("Transfer-Encoding: chunked\r\n", "-3\r\na=b\r\n0\r\n\r\n"));
        sins.put("a chunk beyond all numbers", post("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\na=b"));
        sins.put("an unknown transfer coding", post("Transfer-Encoding: fancy\r\n", "a=b"));
        sins.put("a transfer coding with a tail", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"));
        sins.put("a folded header", get("X-A: b\r\n c\r\n"));
        sins.put("a header without a colon", get("nonsense\r\n"));
        sins.put("a header with a space before its colon", get("Cookie : __client=x\r\n"));
        sins.put("a NUL in a header", get("X-A: a\0b\r\n"));
        sins.put("a bare carriage return in a header", get("X-A: a\rb\r\n"));
        sins.put("a NUL in the path", "GET /v1/cl\0ient HTTP/1.1\r\nHost: localhost\r\n\r\n");
        sins.put("a space in the path", "GET /v1/client x HTTP/1.1\r\nHost: localhost\r\n\r\n");
        sins.put("a broken escape in the path", "GET /v1/client/sessions/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        sins.put("a broken escape in the query", "GET /v1/client?a=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        sins.put("an escape that ends early", "GET /v1/client?a=%4 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        sins.put("a path without its slash", "GET v1/client HTTP/1.1\r\nHost: localhost\r\n\r\n");
        sins.put("no host", "GET /v1/client HTTP/1.1\r\n\r\n");
        sins.put("two hosts", get("Host: evil.example\r\n"));
        sins.put("a tunnel", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n");
        sins.put("a request line of a million bytes", "GET /" + "a".repeat(1_000_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        sins.put("a header of a million bytes", get("X-A: " + "a".repeat(1_000_000) + "\r\n"));
        sins.put("ten thousand headers", get("X-A: b\r\n".repeat(10_000)));
        sins.put("an expectation nobody knows", post("Expect: miracles\r\nContent-Length: 1\r\n", "x"));
        sins.put("HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        sins.put("a TLS greeting", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");
        return sins;
    }

    @TestFactory
    List<DynamicTest> aSinAgainstTheProtocolIsRefused() {
        return sins().entrySet().stream()
                .map(sin -> DynamicTest.dynamicTest(sin.getKey(), () -> isRefused(exchange(sin.getValue()))))
                .toList();
    }

    private static void isRefused(String answer) {
        Matcher status = STATUS.matcher(answer);
        if (status.find())
            assertThat(Integer.parseInt(status.group(1))).as(answer).isBetween(400, 499);
        showsNothingInside(answer);
    }

    private static void showsNothingInside(String answer) {
        assertThat(answer)
                .doesNotContain("Exception")
                .doesNotContain("io.helidon")
                .doesNotContain("\tat ");
    }

    /** The web server reads past these two; what counts is that they bring nobody in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/client HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n",
                "GET /v1/client#x HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void anOddityWithoutMeaningChangesNothing(String request) throws IOException {
        String answer = exchange(request);
        showsNothingInside(answer);
        assertThat(answer)
                .satisfiesAnyOf(
                        refused -> assertThat(refused).startsWith("HTTP/1.1 4"),
                        ignored -> assertThat(ignored).endsWith("{\"response\":null,\"client\":null}"));
    }

    @Test
    void aHiddenSecondRequestIsNotSmuggledIn() throws IOException {
        String hidden = "GET /v1/environment HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String answer = exchange(post(
                "Content-Length: " + hidden.length() + "\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden));
        assertThat(answer).doesNotContain("auth_config");
    }

    @Test
    void twoRequestsInOneGoHaveTwoAnswers() throws IOException {
        String health = "GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String answer = exchange(health + health);
        assertThat(STATUS.matcher(answer).results().map(match -> match.group(1)))
                .containsExactly("200", "200");
    }

    @Test
    void aBodyThatNeverComesHoldsNobodyUp() throws IOException {
        String answer = exchange(post("Content-Length: 1000\r\n", "identifier=a"));
        showsNothingInside(answer);
        assertThat(STATUS.matcher(answer).results().map(match -> match.group(1)))
                .doesNotContain("200");
    }

    @Test
    void aChunkedFormIsAForm() throws IOException {
        String answer = exchange(
                post("Transfer-Encoding: chunked\r\n", "c\r\nidentifier=a\r\ne\r\n%40example.com\r\n0\r\n\r\n"));
        assertThat(answer).contains("form_identifier_not_found");
    }

    @Test
    void aChunkedBodyHasTheSameLimit() throws IOException {
        String chunk = "4000\r\n" + "a".repeat(0x4000) + "\r\n";
        String answer = exchange(post("Transfer-Encoding: chunked\r\n", chunk.repeat(8) + "0\r\n\r\n"));
        assertThat(answer).contains("413").contains("request_body_too_large");
    }

    @Test
    void anExpectationToContinueIsMet() throws IOException {
        String answer = exchange(post("Expect: 100-continue\r\nContent-Length: 12\r\n", "identifier=a"));
        assertThat(answer).contains("form_param_format_invalid");
    }

    @Test
    void anAbsoluteTargetIsNoWayToAnotherHost() throws IOException {
        String answer = exchange("GET http://evil.example/v1/client HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(answer).doesNotContain("evil.example");
    }

    @Test
    void aHundredOpenConnectionsThatSayNothingHoldNobodyUp() throws IOException {
        var uri = java.net.URI.create(usher.url());
        List<java.net.Socket> sockets = new java.util.ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                java.net.Socket socket = new java.net.Socket(uri.getHost(), uri.getPort());
                socket.getOutputStream().write("GET /v1/client HT".getBytes(StandardCharsets.US_ASCII));
                sockets.add(socket);
            }
            assertThat(usher.browser().client()).isOk();
        } finally {
            for (java.net.Socket socket : sockets) socket.close();
        }
    }
}
