package dev.usher.checks.hostile;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who calls, from where, and in which version: everything before the operation itself. */
class CallerTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private static final String CLIENT = "/v1/client?__clerk_api_version=" + Fapi.NEWEST;

    private static Answer get(String target, String... headers) throws IOException {
        Call call = Call.of("GET", target);
        for (int i = 0; i < headers.length; i += 2) call = call.with(headers[i], headers[i + 1]);
        return usher.send(call);
    }

    // Versions

    @ParameterizedTest
    @ValueSource(strings = {"2020-01-01", "2099-01-01", "latest", "", "2026-05-12x", "2026-5-12", "1", "%00"})
    void anUnknownVersionIsRefused(String version) throws IOException {
        Answer byQuery = get("/v1/client?__clerk_api_version=" + version);
        assertThat(byQuery.status()).as("%s", byQuery).isEqualTo(400);
        if (version.isEmpty() || version.contains("%")) return;
        assertThat(byQuery).isRefused(400, "api_version_invalid");
        assertThat(get("/v1/client", "Clerk-API-Version", version)).isRefused(400, "api_version_invalid");
    }

    @Test
    void aVersionIsNamedOnceOnly() throws IOException {
        assertThat(get(CLIENT, "Clerk-API-Version", Fapi.NEWEST)).isRefused(400, "api_version_invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2021-02-05", "2024-10-01", "2025-03-12", "2025-04-10", "2025-11-10", "2026-05-12", "2026-08-20"
            })
    void everyKnownVersionIsServed(String version) throws IOException {
        assertThat(get("/v1/client?__clerk_api_version=" + version)).isOk();
        assertThat(get("/v1/environment", "Clerk-API-Version", version)).isOk();
    }

    @Test
    void theVersionThatTheServedBundleAsksForIsServed() throws IOException {
        String bundle = get("/npm/@clerk/clerk-js@6/dist/clerk.browser.js").text();
        Matcher asks = Pattern.compile("__clerk_api_version\",\"(\\d{4}-\\d{2}-\\d{2})\"")
                .matcher(bundle);
        assertThat(asks.find()).isTrue();
        assertThat(get("/v1/client?__clerk_api_version=" + asks.group(1))).isOk();
    }

    // Origins and the two ways of a credential

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:3000", "https://evil.example", "null", "capacitor://localhost"})
    void aDevelopmentInstanceAnswersAnyOriginAndNamesItBack(String origin) throws IOException {
        Answer answer = get(CLIENT, "Origin", origin);
        assertThat(answer).isOk();
        assertThat(answer.header("access-control-allow-origin")).contains(origin);
        assertThat(answer.header("access-control-allow-credentials")).contains("true");
        assertThat(String.join(",", answer.headers("vary"))).contains("Origin");
    }

    @Test
    void anErrorCarriesTheSameCrossOriginHeaders() throws IOException {
        Answer answer = get("/v1/nothing", "Origin", "http://localhost:3000");
        assertThat(answer).isRefused(404, "resource_not_found");
        assertThat(answer.header("access-control-allow-origin")).contains("http://localhost:3000");
    }

    @Test
    void aPreflightIsAnswered() throws IOException {
        Call call = Call.of("OPTIONS", "/v1/client/sign_ins")
                .with("Origin", "http://localhost:3000")
                .with("Access-Control-Request-Method", "POST")
                .with("Access-Control-Request-Headers", "authorization");
        Answer answer = usher.send(call);
        assertThat(answer.status()).isIn(200, 204);
        assertThat(answer.header("access-control-allow-methods").orElse("")).contains("POST", "DELETE");
        assertThat(answer.header("access-control-allow-headers").orElse("")).containsIgnoringCase("authorization");
    }

    @Test
    void originAndAuthorizationExcludeEachOther() throws IOException {
        assertThat(get(CLIENT + "&_is_native=1", "Origin", "http://localhost:3000", "Authorization", "x"))
                .isRefused(400, "origin_authorization_headers_conflict");
    }

    @Test
    void originAndAuthorizationStandOnceEach() throws IOException {
        assertThat(get(CLIENT, "Origin", "http://a.example", "Origin", "http://b.example"))
                .isRefused(400, "multiple_origin_header_values_forbidden");
        assertThat(get(CLIENT + "&_is_native=1", "Authorization", "a", "Authorization", "b"))
                .isRefused(400, "multiple_authorization_header_values_forbidden");
    }

    @ParameterizedTest
    @CsvSource({"_is_native=1", "_is_native=true"})
    void anAppShowsItsTokenWithOrWithoutBearer(String mark) throws IOException {
        Fapi app = usher.nativeApp();
        String session = app.signUp(Person.fresh());
        for (String value : List.of(app.credential(), "Bearer " + app.credential())) {
            Answer answer = get(CLIENT + "&" + mark, "Authorization", value);
            assertThat(answer)
                    .isOk()
                    .has("/response/sessions/0/id", session)
                    .has("/response/cookie_expires_at", "null");
            assertThat(answer.headers("set-cookie")).isEmpty();
        }
    }

    @Test
    void anAppWithoutATokenHasNoClientYet() throws IOException {
        assertThat(get(CLIENT + "&_is_native=1", "Authorization", "")).isOk().has("/response", "null");
        assertThat(get(CLIENT + "&_is_native=1")).isOk().has("/response", "null");
    }

    @Test
    void aBrowserIsGivenACookieAndAnAppAToken() {
        Answer browser = usher.browser().post("/v1/client");
        assertThat(browser.headers("set-cookie")).hasSize(1);
        assertThat(browser.headers("authorization")).isEmpty();
        Answer app = usher.nativeApp().post("/v1/client");
        assertThat(app.headers("set-cookie")).isEmpty();
        assertThat(app.headers("authorization")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__client",
                "__client=",
                "__client=; __client=",
                "__client=a; __client=b",
                "=x",
                ";;;",
                "__client=a\tb",
                "a=b; __client=\"\"",
                "__CLIENT=x"
            })
    void aBrokenCookieIsNobodys(String cookie) throws IOException {
        assertThat(get(CLIENT, "Cookie", cookie)).isOk().has("/response", "null");
    }

    @Test
    void aSecondPlantedCookieDoesNotTakeOver() throws IOException {
        Fapi victim = usher.browser();
        String session = victim.signUp(Person.fresh());
        Fapi attacker = usher.browser();
        attacker.signUp(Person.fresh());
        Answer answer =
                get(CLIENT, "Cookie", "__client=" + victim.credential() + "; __client=" + attacker.credential());
        assertThat(answer).isOk();
        if (!answer.at("/response").isNull()) assertThat(answer).has("/response/sessions/0/id", session);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer sk_test_wrong", "Bearer sk_live_x", "bearer sk_test_wrong", "Bearer sk_"})
    void aWrongSecretKeyIsRefusedOnEveryPath(String authorization) throws IOException {
        for (String path : List.of("/v1/jwks", "/v1/client", "/v1/users", "/v1/sessions/sess_1"))
            assertThat(get(path, "Authorization", authorization)).isRefused(401, "clerk_key_invalid");
    }

    @Test
    void aSecretKeyOpensNoFrontendOperation() throws IOException {
        String secretKey = usher.process().key("CLERK_SECRET_KEY");
        Answer answer = get("/v1/client", "Authorization", "Bearer " + secretKey);
        assertThat(answer).isRefused(404, "resource_not_found");
    }

    // Methods and paths

    @ParameterizedTest
    @ValueSource(strings = {"put", "GET", "HEAD", "TRACE", "POST%20", "PUT&_method=DELETE", "%00"})
    void anOverrideIsPutPatchOrDelete(String method) throws IOException {
        Call call = Call.of("POST", "/v1/client/sessions?_method=" + method)
                .with("Content-Type", "application/x-www-form-urlencoded");
        assertThat(usher.send(call).status()).isIn(400, 401, 404);
    }

    @Test
    void onlyAPostIsOverridden() throws IOException {
        Fapi browser = usher.browser();
        String session = browser.signUp(Person.fresh());
        Call call = Call.of("GET", CLIENT + "&_method=DELETE").with("Cookie", "__client=" + browser.credential());
        assertThat(usher.send(call)).isOk().has("/response/sessions/0/id", session);
        assertThat(browser.mint(session)).isOk();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/client/sign_ins",
        "PUT, /v1/client/sign_ins",
        "DELETE, /v1/client/sign_ins",
        "DELETE, /v1/environment",
        "GET, /v1/client/sessions",
        "GET, /v1/client/sessions/sess_1/tokens",
        "PATCH, /v1/client/sessions/sess_1",
        "GET, /v1/dev_browser",
        "BREW, /v1/client",
        "TRACE, /v1/client"
    })
    void aMethodThatAPathHasNotIsRefused(String method, String path) throws IOException {
        Answer answer = usher.send(Call.of(method, path));
        assertThat(answer.status()).as("%s", answer).isIn(400, 404, 405, 501);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1",
                "/v1/",
                "/v2/client",
                "/V1/client",
                "/v1/Client",
                "/v1//client",
                "//v1/client",
                "/v1/./client",
                "/v1/../v1/client",
                "/v1/client//",
                "/v1/client/..",
                "/v1/%63lient/..%2f",
                "/v1/client%2f",
                "/v1/client;x=1",
                "/v1/client/sessions//tokens",
                "/v1/client/sessions/%2e%2e/tokens",
                "/v1/client.json",
                "/v1/client%20",
                "/v1/client%00",
                "/v1/client/sessions/",
                "/v1/organization",
                "/.well-known/openid-configuration",
                "/.well-known/../v1/client",
                "/v1/client/sessions/sess_1/tokens/",
                "/v1/client/handshake"
            })
    void anotherSpellingOfAPathIsNotThePath(String path) throws IOException {
        Fapi browser = usher.browser();
        String session = browser.signUp(Person.fresh());
        Answer answer = get(path, "Cookie", "__client=" + browser.credential());
        assertThat(answer.status()).as("%s", answer).isIn(400, 401, 404);
        assertThat(answer.text()).doesNotContain(session);
    }

    @Test
    void aTrailingSlashIsTheSamePath() {
        assertThat(usher.browser().get("/v1/environment/")).isOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_usher/assets/../../../../etc/passwd",
                "/_usher/assets/..%2f..%2f..%2fetc%2fpasswd",
                "/_usher/assets/%2e%2e/%2e%2e/lib/usher.jar",
                "/npm/@clerk/clerk-js@6/dist/../../../../lib/usher.jar",
                "/npm/@clerk/clerk-js@6/dist/..%2f..%2f..%2f..%2f..%2flib%2fusher.jar",
                "/npm/@clerk/clerk-js@6/dist/%2e%2e/package.json",
                "/npm/@clerk/clerk-js@../dist/clerk.browser.js",
                "/npm/../../etc/passwd",
                "/npm/@clerk/other@1/dist/x.js",
                "/npm/@clerk/clerk-js@99/dist/clerk.browser.js",
                "/npm/@clerk/clerk-js@6/dist/missing.js",
                "/npm/@clerk/clerk-js@6/dist/",
                "/npm/@clerk/clerk-js@6/dist/clerk.browser.js%00.map"
            })
    void noFileIsServedFromOutsideItsFolder(String path) throws IOException {
        Answer answer = get(path);
        assertThat(answer.status()).as("%s", answer.status()).isIn(400, 404);
        assertThat(answer.text()).doesNotContain("root:").doesNotContain("META-INF");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/npm/@clerk/clerk-js@6/dist/clerk.browser.js",
                "/npm/@clerk/clerk-js@6.40.0/dist/clerk.browser.js",
                "/npm/@clerk/ui@1/dist/ui.browser.js",
                "/npm/@clerk/ui@1.36.0/dist/ui.browser.js"
            })
    void theBundlesAreServedWhereSdksLookForThem(String path) throws IOException {
        Answer answer = get(path, "Origin", "http://localhost:3000");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type").orElse("")).contains("javascript");
        assertThat(answer.header("access-control-allow-origin").orElse("")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1s", "0", "x", "", "1e99d", "999999999d", "9223372036854775807s", "1d&advance=1d"})
    void theClockOfADevelopmentInstanceTakesDurationsOnly(String advance) throws IOException {
        long before = usher.now();
        Call call = Call.of("POST", "/_usher/clock")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with(("advance=" + advance).getBytes());
        Answer answer = usher.send(call);
        assertThat(answer.status()).as("%s", answer).isIn(200, 400, 422);
        assertThat(usher.now() - before).isBetween(0L, 60_000L);
    }
}
