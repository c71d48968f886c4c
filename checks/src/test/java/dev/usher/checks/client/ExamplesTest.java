package dev.usher.checks.client;

import dev.usher.checks.harness.RunningUsher;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The applications under {@code examples}, against a development server over http. */
class ExamplesTest {
    /** The shortest tokens there are, so that one can be waited for to expire. */
    static final String SETTINGS = """
            session-token:
              lifetime: 30s
            organizations:
              enabled: true
            rate-limits:
              enabled: false
            """;

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("instance:\n" + SETTINGS.indent(2));

    @TestFactory
    Stream<DynamicTest> checks() {
        Map<String, String> more = Map.of("ENV_FILE", usher.process().envFile().toString(), "OWN_URL", usher.url());
        return NodeChecks.of("examples.test.mjs", usher, more);
    }
}
