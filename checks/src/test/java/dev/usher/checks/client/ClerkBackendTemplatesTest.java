package dev.usher.checks.client;

import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** @clerk/backend manages templates, and takes no token of them for a session. */
class ClerkBackendTemplatesTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    @TestFactory
    Stream<DynamicTest> checks() {
        Fapi.require(usher.server().post("/v1/jwt_templates", "{\"name\":\"t\",\"claims\":{\"a\":1}}"));
        Fapi browser = usher.browser();
        String tokens = "/v1/client/sessions/" + browser.signUp(Person.fresh()) + "/tokens";
        return NodeChecks.of(
                "templates.test.mjs",
                usher,
                Map.of(
                        "TEMPLATE_TOKEN",
                                Fapi.require(browser.post(tokens + "/t")).string("/jwt"),
                        "SESSION_TOKEN", Fapi.require(browser.post(tokens)).string("/jwt")));
    }
}
