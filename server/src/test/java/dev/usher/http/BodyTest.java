package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
    private static Body body(String json) {
        return Body.parse(json.getBytes(StandardCharsets.UTF_8), Set.of("a", "b"));
    }

    private static void refused(Consumer<String> reading, String json, int status, String code) {
        assertThatThrownBy(() -> reading.accept(json))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal ->
                        assertThat(refusal.status() + " " + refusal.code()).isEqualTo(status + " " + code));
    }

    @Test
    void absentNullAndEmptyAreThreeThings() {
        Body body = body("{\"a\":null,\"b\":\"\"}");
        assertThat(body("{}").text("a")).isEqualTo(new Given.Absent<>());
        assertThat(body.text("a")).isEqualTo(new Given.Null<>());
        assertThat(body.text("b")).isEqualTo(new Given.Value<>(""));
    }

    @Test
    void aChangeKeepsWhatIsAbsentAndClearsWhatIsNull() {
        Optional<String> present = Optional.of("old");
        assertThat(body("{}").text("a").over(present)).contains("old");
        assertThat(body("{\"a\":null}").text("a").over(present)).isEmpty();
        assertThat(body("{\"a\":\"new\"}").text("a").over(present)).contains("new");
    }

    @Test
    void noBytesAreAnObjectWithoutFields() {
        assertThat(body("").text("a").isThere()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "7",
                "\"a\"",
                " ",
                "{} {}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"x\":1,\"x\":2}}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":1,}"
            })
    void whatIsNoJsonObjectIsRefused(String json) {
        refused(BodyTest::body, json, 400, "request_body_invalid");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] latin = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Body.parse(latin, Set.of("a"))).isInstanceOf(Refusal.class);
    }

    @Test
    void deepNestingIsRefusedBeforeItHurts() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        refused(BodyTest::body, deep, 400, "request_body_invalid");
    }

    @Test
    void anUnknownFieldIsRefused() {
        refused(BodyTest::body, "{\"c\":1}", 422, "form_param_unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1}|text",
                "{\"a\":[]}|text",
                "{\"a\":\"true\"}|flag",
                "{\"a\":\"1\"}|number",
                "{\"a\":1.5}|number",
                "{\"a\":99999999999999999999}|number",
                "{\"a\":\"x\"}|texts",
                "{\"a\":[1]}|texts",
                "{\"a\":[null]}|texts",
                "{\"a\":[]}|object",
                "{\"a\":{}}|bodies",
                "{\"a\":[1]}|bodies"
            })
    void aValueOfTheWrongTypeIsRefused(String json, String type) {
        refused(text -> read(body(text), type), json, 422, "form_param_type_invalid");
    }

    private static Object read(Body body, String type) {
        return switch (type) {
            case "text" -> body.text("a");
            case "flag" -> body.flag("a");
            case "number" -> body.number("a");
            case "texts" -> body.texts("a");
            case "object" -> body.object("a");
            default -> body.bodies("a", "x");
        };
    }

    @Test
    void listsAreReadElementByElement() {
        assertThat(body("{\"a\":[\"x\",\"y\"]}").texts("a").value()).contains(List.of("x", "y"));
        List<Body> bodies = body("{\"a\":[{\"x\":1}]}").bodies("a", "x").or(List.of());
        assertThat(bodies).hasSize(1);
        assertThat(bodies.getFirst().number("x").value()).contains(1L);
        refused(json -> body(json).bodies("a", "x"), "{\"a\":[{\"y\":1}]}", 422, "form_param_unknown");
    }

    @Test
    void aListOfMoreThanAThousandIsRefused() {
        String json = "{\"a\":[" + "1,".repeat(1000) + "1]}";
        refused(text -> body(text).texts("a"), json, 422, "form_param_array_size_exceeded");
    }

    @Test
    void controlCharactersAreRefused() {
        refused(json -> body(json).text("a"), "{\"a\":\"x\\u0000\"}", 422, "form_param_format_invalid");
        refused(json -> body(json).text("a"), "{\"a\":\"\\ud800\"}", 422, "form_param_format_invalid");
    }

    @Test
    void aRequiredTextIsThereAndNotEmpty() {
        assertThat(body("{\"a\":\"x\"}").required("a")).isEqualTo("x");
        refused(json -> body(json).required("a"), "{}", 422, "form_param_missing");
        refused(json -> body(json).required("a"), "{\"a\":null}", 422, "form_param_nil");
        refused(json -> body(json).required("a"), "{\"a\":\"\"}", 422, "form_param_nil");
    }
}
