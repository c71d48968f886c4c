package dev.usher.checks.client;

import dev.usher.checks.harness.RunningUsher;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The prebuilt SignIn, SignUp and UserProfile with links by e-mail, opened in the same browser and in another one. */
class PrebuiltEmailLinkTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              email-addresses: {methods: [code, link]}
            """);

    @TestFactory
    Stream<DynamicTest> checks() {
        return NodeChecks.of("prebuilt-email-link.test.mjs", usher);
    }
}
