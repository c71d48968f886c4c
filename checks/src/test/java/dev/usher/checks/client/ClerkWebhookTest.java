package dev.usher.checks.client;

import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.Wire;
import dev.usher.checks.webhook.Receiver;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/** verifyWebhook of @clerk/backend, svix and standardwebhooks, on an event as it arrived. */
class ClerkWebhookTest {
    private static final Receiver app = new Receiver();

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory(app.declared("session.created"));

    @AfterAll
    static void close() {
        app.close();
    }

    @TestFactory
    Stream<DynamicTest> checks() {
        String session = usher.browser().signUp(Person.fresh());
        Receiver.Told told = app.next("session.created", session);
        Map<String, Object> seen =
                Map.of("headers", signed(told.headers()), "body", told.body(), "secret", Receiver.SECRET);
        String text = Wire.text(JsonMapper.shared().valueToTree(seen));
        return NodeChecks.of("webhooks.test.mjs", Map.of("WEBHOOK_TOLD", text));
    }

    private static Map<String, String> signed(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header ->
                        header.getKey().startsWith("svix-") || header.getKey().startsWith("webhook-"))
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
