package dev.usher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.usher.base.Json;
import dev.usher.base.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmsSenderTest {
    private record Seen(String path, Headers headers, String body) {}

    private final AtomicReference<Seen> seen = new AtomicReference<>();
    private int status = 201;
    private HttpServer server;
    private String url = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.set(new Seen(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void speaksTheFormOfTwilio() throws IOException {
        var account = new TwilioSender.Account(url, "AC1", Secret.of("tok"), "+12015550100");
        new TwilioSender(account).send("msg_1", "+16502530000", "", "123456 is your code");
        assertThat(seen.get().path()).isEqualTo("/2010-04-01/Accounts/AC1/Messages.json");
        assertThat(seen.get().body()).isEqualTo("To=%2B16502530000&From=%2B12015550100&Body=123456+is+your+code");
        String basic = Base64.getEncoder().encodeToString("AC1:tok".getBytes(StandardCharsets.UTF_8));
        assertThat(seen.get().headers().getFirst("Authorization")).isEqualTo("Basic " + basic);
    }

    @Test
    void namesAMessagingService() throws IOException {
        var account = new TwilioSender.Account(url, "AC1", Secret.of("tok"), "MG7");
        new TwilioSender(account).send("msg_1", "+16502530000", "", "hello");
        assertThat(seen.get().body()).contains("MessagingServiceSid=MG7").doesNotContain("From=");
    }

    @Test
    void handsJsonToAWebhook() throws IOException {
        new WebhookSender(URI.create(url + "/sms"), Optional.of(Secret.of("tok")))
                .send("msg_1", "+16502530000", "", "123456 is your code");
        var json = Json.parse(seen.get().body());
        assertThat(json.path("to").asString()).isEqualTo("+16502530000");
        assertThat(json.path("body").asString()).isEqualTo("123456 is your code");
        assertThat(seen.get().headers().getFirst("Authorization")).isEqualTo("Bearer tok");
        assertThat(seen.get().headers().getFirst("Idempotency-Key")).isEqualTo("msg_1");
    }

    @Test
    void whatWasNotTakenIsTriedAgainByWhoeverAsked() {
        status = 500;
        WebhookSender sender = new WebhookSender(URI.create(url), Optional.empty());
        assertThatThrownBy(() -> sender.send("msg_1", "+1", "", "x")).isInstanceOf(IOException.class);
        status = 302;
        assertThatThrownBy(() -> sender.send("msg_1", "+1", "", "x")).isInstanceOf(IOException.class);
    }
}
