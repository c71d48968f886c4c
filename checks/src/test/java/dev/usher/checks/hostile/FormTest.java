package dev.usher.checks.hostile;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are no forms, or forms that say what no client would say. */
class FormTest {
    private static final String SIGN_INS = "/v1/client/sign_ins";
    private static final String FORM = "application/x-www-form-urlencoded";

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private static Answer post(String path, String type, String body) throws IOException {
        Call call = Call.of("POST", path + "?__clerk_api_version=" + Fapi.NEWEST);
        if (type != null) call = call.with("Content-Type", type);
        return usher.send(call.with(body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, '{\"identifier\":\"a@b.example\"}'",
        "application/json; charset=utf-8, '[]'",
        "text/plain, identifier=a@b.example",
        "application/xml, <a/>",
        "application/octet-stream, abc",
        "multipart/form-data; boundary=x, --x--",
        "nonsense, a=b"
    })
    void anotherContentTypeIsRefused(String type, String body) throws IOException {
        assertThat(post(SIGN_INS, type, body)).isRefused(415, "unsupported_content_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {FORM, FORM + "; charset=utf-8", FORM + ";charset=UTF-8", "APPLICATION/X-WWW-FORM-URLENCODED"})
    void aFormIsAForm(String type) throws IOException {
        assertThat(post(SIGN_INS, type, "identifier=nobody%40example.com"))
                .isRefused(422, "form_identifier_not_found", "identifier");
    }

    @Test
    void aPostWithoutAnythingIsAnEmptyForm() throws IOException {
        assertThat(post(SIGN_INS, FORM, "")).isOk();
        assertThat(post("/v1/client", null, "")).isOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identifier=%",
                "identifier=%4",
                "identifier=%zz",
                "identifier=%C3%28",
                "identifier=%ff%fe",
                "identifier=a%00b",
                "identifier=a%01b",
                "identifier=a%7fb",
                "identifier=%ed%a0%80",
                "%=x",
                "ident%00ifier=x",
                "identifier=\u00ff"
            })
    void aFieldThatCannotBeReadIsRefused(String body) throws IOException {
        Answer answer = post(SIGN_INS, FORM, body);
        assertThat(answer.status()).as("%s", answer).isIn(400, 422);
        assertThat(answer.code()).isIn("malformed_request_parameters", "form_param_format_invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "identifier=a&identifier=b, form_param_duplicate, identifier",
        "identifier=a&identifier=, form_param_duplicate, identifier",
        "identifier[]=a, form_param_unknown, identifier[]",
        "identifier.x=a, form_param_unknown, identifier.x",
        "Identifier=a, form_param_unknown, Identifier",
        "__proto__=a, form_param_unknown, __proto__",
        "nonsense, form_param_unknown, nonsense"
    })
    void aDoubledOrAnUnknownFieldIsNamed(String body, String code, String param) throws IOException {
        assertThat(post(SIGN_INS, FORM, body)).isRefused(422, code, param);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/client",
                "/v1/dev_browser",
                "/v1/client/sign_ups",
                "/v1/client/sessions/sess_1/end",
                "/v1/client/sessions/sess_1/remove",
                "/v1/client/sessions/sess_1/touch",
                "/v1/client/sessions/sess_1/tokens",
                "/v1/me/sessions/sess_1/revoke"
            })
    void anUnknownFieldIsRefusedEverywhere(String path) throws IOException {
        assertThat(post(path, FORM, "surprise=1")).isRefused(422, "form_param_unknown", "surprise");
    }

    @ParameterizedTest
    @ValueSource(ints = {65_537, 100_000, 1_000_000, 5_000_000})
    void aBodyThatIsTooLargeIsRefused(int bytes) throws IOException {
        Answer answer = post(SIGN_INS, FORM, "identifier=" + "a".repeat(bytes - 11));
        assertThat(answer).isRefused(413, "request_body_too_large");
    }

    @Test
    void aBodyOfTheLargestSizeIsRead() throws IOException {
        Answer answer = post(SIGN_INS, FORM, "identifier=" + "a".repeat(65_536 - 11));
        assertThat(answer.status()).as("%s", answer.status()).isEqualTo(422);
    }

    @Test
    void manyFieldsAreRefused() throws IOException {
        StringBuilder body = new StringBuilder("identifier=a%40example.com");
        for (int i = 0; i < 3000; i++) body.append("&a").append(i).append('=');
        assertThat(post(SIGN_INS, FORM, body.toString()).status()).isIn(400, 422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u202ea@example.com",
                "a\u0000@example.com",
                "a@example.com\nBcc: b@example.com",
                "a@example.com\r\n\r\nx",
                "a@[127.0.0.1]",
                "' or ''='@example.com ",
                "a@example",
                "<script>@example.com",
                "a b@example.com",
                "ａ@ｅxample.com"
            })
    void anAddressThatIsNoneIsRefusedOrUnknown(String address) {
        Fapi browser = usher.browser();
        Answer signIn = browser.post(SIGN_INS, "identifier", address);
        assertThat(signIn.code())
                .as("%s", signIn)
                .isIn("form_param_format_invalid", "form_identifier_not_found", "malformed_request_parameters");
        Answer signUp = browser.post("/v1/client/sign_ups", "email_address", address, "password", "long enough 1");
        if (address.contains("\n") || address.contains("\u0000") || address.contains(" "))
            assertThat(signUp.status()).as("%s", signUp).isIn(400, 422);
    }

    @ParameterizedTest
    @ValueSource(ints = {255, 1_000, 60_000})
    void longValuesAreRefusedByTheirField(int length) {
        Fapi browser = usher.browser();
        browser.signUp(Person.fresh());
        for (String field : List.of("first_name", "last_name"))
            if (length > 255)
                assertThat(browser.patch("/v1/me", field, "x".repeat(length)).status())
                        .isEqualTo(422);
        Answer signUp =
                usher.browser().post("/v1/client/sign_ups", "email_address", "x".repeat(length) + "@example.com");
        assertThat(signUp).isRefused(422, "form_param_format_invalid", "email_address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "1",
                "\"text\"",
                "[]",
                "{",
                "{\"a\":}",
                "{\"a\":1}x",
                "{\"a\":1e999}",
                "NaN",
                "{'a':1}",
                "{\"a\":1,}"
            })
    void metadataHasToBeAJsonObject(String text) {
        assertThat(usher.browser()
                        .post("/v1/client/sign_ups", "unsafe_metadata", text)
                        .status())
                .isIn(400, 422);
    }

    @Test
    void metadataMayNeitherBeDeepNorLarge() {
        String deep = "{\"a\":".repeat(5000) + "1" + "}".repeat(5000);
        String large = "{\"a\":\"" + "x".repeat(20_000) + "\"}";
        for (String text : List.of(deep, large))
            assertThat(usher.browser()
                            .post("/v1/client/sign_ups", "unsafe_metadata", text)
                            .status())
                    .isIn(400, 413, 422);
    }

    @Test
    void whatIsRefusedIsNotRepeatedUncut() {
        String loud = "<script>alert(1)</script>";
        Answer answer = usher.browser().post(SIGN_INS, loud.repeat(50), "1");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text().length()).isLessThan(1500);
        assertThat(answer.header("content-type")).contains("application/json");
        assertThat(answer.header("x-content-type-options")).contains("nosniff");
    }
}
