package dev.usher.checks.client;

import dev.usher.checks.harness.Launcher;
import dev.usher.checks.harness.RunningUsher;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Broken set-ups, each with an application of its own: none goes round in circles, and the doctor finds each. */
class DoctorTest {
    private static final String LIVE_KEY = "sk_live_0123456789abcdef0123456789abcdef";
    private static final String PLAIN_KEY = "sk_live_00112233445566778899aabbccddeeff";
    private static final String OTHER_KEY = "sk_live_fedcba9876543210fedcba9876543210";

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    @RegisterExtension
    static final RunningUsher several = RunningUsher.inMemory("""
            instances:
              - name: development
              - name: live
                environment: production
                frontend-api-host: clerk.example.com
                secret-key: %s
              - name: other
                environment: production
                frontend-api-host: clerk.example.org
                secret-key: %s
              - name: plain
                environment: production
                frontend-api-host: clerk.example.net
                public-url: http://clerk.example.net
                secret-key: %s
            """.formatted(LIVE_KEY, OTHER_KEY, PLAIN_KEY));

    /** Straight to the servers: what broken set-ups send is held against no document. */
    @TestFactory
    Stream<DynamicTest> checks() {
        Map<String, String> environment = new HashMap<>(NodeChecks.environment(usher));
        environment.put("USHER_URL", usher.url());
        environment.keySet().removeIf(name -> name.equals("CLERK_API_URL") || name.equals("CLERK_FAPI_URL"));
        environment.put("OTHER_URL", several.url());
        environment.put("OTHER_JWT_KEY", several.process().key("CLERK_JWT_KEY"));
        environment.put("LIVE_KEY", LIVE_KEY);
        environment.put("PLAIN_KEY", PLAIN_KEY);
        environment.put("OTHER_KEY", OTHER_KEY);
        environment.put("LAUNCHER", Launcher.program().toString());
        return NodeChecks.of("doctor.test.mjs", environment);
    }
}
