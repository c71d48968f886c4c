package dev.usher.checks.client;

import dev.usher.checks.harness.RunningUsher;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The prebuilt SignIn: second factors, passkeys, a forgotten password, a locked account. */
class PrebuiltSignInTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              phone-numbers: {use: sign-in}
              lockout: {attempts: 5}
            """);

    @TestFactory
    Stream<DynamicTest> checks() {
        return NodeChecks.of("prebuilt-sign-in.test.mjs", usher);
    }
}
