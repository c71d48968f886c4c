package dev.usher.checks.handshake;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.RunningUsher;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An application with pages at an origin, and the instance that it uses. */
record Site(RunningUsher usher, String host, String origin, String secretKey) {
    static final String LIVE_KEY = "sk_live_0123456789abcdef0123456789abcdef";
    static final String OTHER_KEY = "sk_live_fedcba9876543210fedcba9876543210";
    static final String INSTANCES = """
            instances:
              - name: development
              - name: live
                environment: production
                frontend-api-host: clerk.example.com
                secret-key: %s
                test-mode: true
                allowed-origins: [https://app.example.com]
              - name: other
                environment: production
                frontend-api-host: clerk.example.org
                secret-key: %s
                test-mode: true
            """.formatted(LIVE_KEY, OTHER_KEY);

    static RunningUsher server() {
        return RunningUsher.inMemory(INSTANCES);
    }

    static Site development(RunningUsher usher) {
        String host = usher.url().substring("http://".length());
        return new Site(usher, host, "http://localhost:3000", usher.process().key("CLERK_SECRET_KEY"));
    }

    static Site live(RunningUsher usher) {
        return new Site(usher, "clerk.example.com", "https://app.example.com", LIVE_KEY);
    }

    static Site other(RunningUsher usher) {
        return new Site(usher, "clerk.example.org", "https://app.example.org", OTHER_KEY);
    }

    Bapi server(String key) {
        return usher.server(key);
    }

    Bapi ownServer() {
        return server(secretKey);
    }

    Answer send(Call call) {
        try {
            return usher.send(call.with("Host", host));
        } catch (IOException e) {
            throw new UncheckedIOException(call.toString(), e);
        }
    }
}
