package dev.usher.checks.client;

import dev.usher.checks.harness.LocalAuthority;
import dev.usher.checks.harness.ProductionUsher;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The applications under {@code examples}, against a production server, and all of them over TLS with a local authority. */
class ExamplesInProductionTest {
    @RegisterExtension
    static final ProductionUsher usher = ProductionUsher.with(ExamplesTest.SETTINGS);

    @TestFactory
    Stream<DynamicTest> checks() {
        LocalAuthority authority = usher.authority();
        Map<String, String> environment = Map.of(
                "USHER_URL", usher.url(),
                "CLERK_PUBLISHABLE_KEY", usher.publishableKey(),
                "CLERK_SECRET_KEY", usher.secretKey(),
                "PRODUCTION_DOMAIN", ProductionUsher.DOMAIN,
                "NODE_EXTRA_CA_CERTS", authority.certificate().toString(),
                "TLS_CERTIFICATE", authority.chain().toString(),
                "TLS_KEY", authority.key().toString(),
                "TLS_AUTHORITY", authority.fingerprint());
        return NodeChecks.of("examples.test.mjs", environment);
    }
}
