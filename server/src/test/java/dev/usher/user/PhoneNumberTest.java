package dev.usher.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.http.Refusal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumberTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "+1 (650) 253-0000,+16502530000",
                " +16502530000 ,+16502530000",
                "+44 20 7031 3000,+442070313000",
                "6502530000,none",
                "+1650253,none",
                "+15555550100,+15555550100",
                "+15555560100,none",
                "'',none",
                "+,none"
            })
    void hasOneForm(String text, String number) {
        assertThat(PhoneNumber.normalized(text, true).orElse(null)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"+12015550100,true", "+12015550199,true", "+12015550200,false", "+442015550100,false"})
    void knowsTheTestNumbers(String number, boolean isTest) {
        assertThat(PhoneNumber.isTest(number)).isEqualTo(isTest);
    }

    @ParameterizedTest
    @CsvSource({"+16502530000,true", "+16132370000,true", "+442070313000,false", "+18765550000,false"})
    void staysInTheAllowedCountries(String number, boolean allowed) {
        if (allowed) PhoneNumber.requireAllowed(number, List.of("US", "CA"));
        else
            assertThatThrownBy(() -> PhoneNumber.requireAllowed(number, List.of("US", "CA")))
                    .isInstanceOf(Refusal.class);
        PhoneNumber.requireAllowed(number, List.of());
    }

    @ParameterizedTest
    @CsvSource({"+16502530000,+*********00", "+1,*****"})
    void hidesAllButTheEnd(String number, String masked) {
        assertThat(PhoneNumber.masked(number)).isEqualTo(masked);
    }
}
