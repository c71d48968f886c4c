package dev.usher.checks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The witness on trial: it has to see what is wrong, and only that. */
class WitnessTest {
    private static final Call MINT =
            Call.of("POST", "/v1/client/sessions/sess_1/tokens?__clerk_api_version=2026-05-12");
    private static final String JWT = "{\"object\":\"token\",\"jwt\":\"a.b.c\"}";
    private static final String UNKNOWN = "{\"errors\":[{\"message\":\"not found\",\"long_message\":\"No session.\","
            + "\"code\":\"resource_not_found\"}],\"clerk_trace_id\":\"0123\"}";

    private static Answer answer(int status, String body, String... headers) {
        Map<String, List<String>> all = new java.util.HashMap<>();
        all.put("content-type", List.of("application/json"));
        all.put("cache-control", List.of("no-store"));
        for (int i = 0; i < headers.length; i += 2) all.put(headers[i], List.of(headers[i + 1]));
        return new Answer(status, all, body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> violations(Call call, Answer answer, String... deviations) {
        Witness witness = new Witness(Contract.published(), new Deviations(List.of(deviations)));
        witness.saw(call, answer);
        return witness.violations();
    }

    @Test
    void anAnswerAsPublishedPasses() {
        assertThat(violations(MINT, answer(200, JWT))).isEmpty();
        assertThat(violations(MINT, answer(404, UNKNOWN))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|{\"object\":\"token\",\"jwt\":7}|type",
                "200|[]|type",
                "200|no json|json",
                "418|{\"errors\":[]}|status",
            })
    void anAnswerThatBreaksItsSchemaIsSeen(int status, String body, String keyword) {
        assertThat(violations(MINT, answer(status, body))).anyMatch(line -> line.contains("\t" + keyword + "\n"));
    }

    @Test
    void theVerbThatIsMeantDecidesWhichSchemaCounts() {
        Call removeAll = Call.of("POST", "/v1/client/sessions?_method=DELETE");
        assertThat(Contract.published().nameOf(removeAll)).contains("DELETE /v1/client/sessions");
    }

    @Test
    void aSecretKeyMeansTheBackendApi() {
        Call jwks = Call.of("GET", "/v1/jwks").with("Authorization", "Bearer sk_test_1");
        assertThat(Contract.published().nameOf(jwks)).contains("GET /v1/jwks");
        assertThat(Contract.published().nameOf(Call.of("GET", "/v1/jwks"))).isEmpty();
    }

    @Test
    void aCodeWithAStatusThatIsNotItsPublishedOneIsSeen() {
        Answer wrong = answer(401, UNKNOWN);
        assertThat(violations(MINT, wrong)).anyMatch(line -> line.contains("401 resource_not_found\tcode"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "__client=x; Path=/; SameSite=Lax|scripts can read",
                "__client=x; Path=/; HttpOnly|without SameSite",
                "__client=x; HttpOnly; SameSite=Lax|without Path",
                "__client=x; Path=/; HttpOnly; SameSite=Lax; Domain=example.com|with a Domain",
            })
    void aCarelessCookieIsSeen(String cookie, String fault) {
        assertThat(violations(MINT, answer(200, JWT, "set-cookie", cookie))).anyMatch(line -> line.contains(fault));
    }

    @Test
    void aClientSecretInABodyIsSeen() {
        String secret = "client_0123456789.abcdefghijklmnop";
        Call call = MINT.with("Cookie", "__client=" + secret);
        assertThat(violations(call, answer(200, "{\"jwt\":\"" + secret + "\"}")))
                .anyMatch(line -> line.contains("client secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang.NullPointerException",
        "at dev.usher.http.Edge.answer(Edge.java:61)",
        "[SQLITE_BUSY] The database file is locked"
    })
    void theInsidesOfAServerAreSeen(String leak) {
        assertThat(violations(MINT, answer(404, UNKNOWN.replace("No session.", leak))))
                .anyMatch(line -> line.contains("insides"));
    }

    @Test
    void anErrorWithoutTraceIdIsSeen() {
        String bare = UNKNOWN.replace(",\"clerk_trace_id\":\"0123\"", "");
        assertThat(violations(MINT, answer(404, bare))).anyMatch(line -> line.contains("clerk_trace_id"));
    }

    @Test
    void aFiveHundredIsSeen() {
        assertThat(violations(Call.of("GET", "/"), answer(500, "{}"))).anyMatch(line -> line.contains("a 5xx"));
    }

    @Test
    void aDeviationExcusesWhatItNamesAndNothingElse() {
        String listed = "POST /v1/client/sessions/{session_id}/tokens\t/jwt\ttype\tthe reason";
        assertThat(violations(MINT, answer(200, "{\"jwt\":7}"), listed)).isEmpty();
        assertThat(violations(MINT, answer(200, "[]"), listed)).isNotEmpty();
    }

    @Test
    void aDeviationThatExcusedNothingIsNamed() {
        Deviations deviations = new Deviations(List.of("GET /v1/me\t**\ttype\tthe reason"));
        assertThat(deviations.unused()).hasSize(1);
        assertThat(deviations.excuse(new Finding("GET /v1/me", "/response/id", "type", "")))
                .isTrue();
        assertThat(deviations.unused()).isEmpty();
    }
}
