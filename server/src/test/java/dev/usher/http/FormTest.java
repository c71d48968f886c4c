package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1|1",
                "a=1&b=2|1",
                "&&a=1&|1",
                "a=x+y|'x y'",
                "a=x%2By|x+y",
                "a=%C3%A9|é",
                "a=é|é",
                "a=1=2|1=2",
                "a=%F0%9F%98%80|😀"
            })
    void decodes(String encoded, String value) {
        assertThat(Form.parse(encoded).given("a")).contains(value);
    }

    @Test
    void keepsAbsentAndEmptyApart() {
        Form form = Form.parse("empty=&bare");
        assertThat(form.given("empty")).contains("");
        assertThat(form.given("bare")).contains("");
        assertThat(form.text("empty")).isEmpty();
        assertThat(form.given("absent")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a=%", "a=%4", "a=%zz", "%=1", "a=%C3", "a=%FF", "a=%00", "a=%07", "a=%ED%A0%80", "a=\ud800"})
    void refusesWhatIsNoText(String encoded) {
        assertThatThrownBy(() -> Form.parse(encoded))
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .returns("malformed_request_parameters", Refusal::code);
    }

    @Test
    void refusesUnknownAndDoubledFields() {
        assertThatThrownBy(() -> Form.parse("a=1&c=1").only(Set.of("a", "b")))
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .returns("form_param_unknown", Refusal::code);
        assertThatThrownBy(() -> Form.parse("a=1&a=1").only(Set.of("a")))
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .returns("form_param_duplicate", Refusal::code);
    }

    @Test
    void refusesMissingAndEmptyRequiredFields() {
        assertThatThrownBy(() -> Form.parse("").required("a"))
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .returns("form_param_missing", Refusal::code);
        assertThatThrownBy(() -> Form.parse("a=").required("a"))
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .returns("form_param_nil", Refusal::code);
    }

    @Test
    void takesAHundredFieldsAndNotOneMore() {
        String hundred = IntStream.range(0, 100).mapToObj(i -> "f" + i + "=1").collect(Collectors.joining("&"));
        assertThat(Form.parse(hundred).given("f99")).contains("1");
        assertThatThrownBy(() -> Form.parse(hundred + "&one=more")).isInstanceOf(Refusal.class);
    }
}
