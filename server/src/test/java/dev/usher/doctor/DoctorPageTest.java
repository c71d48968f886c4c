package dev.usher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The heading of the doctor's page sums up what is below it. */
class DoctorPageTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instance INSTANCE =
            new Instance("ins_1", true, "clerk.example.com", "http://localhost:1", Settings.defaults(true));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, Nobody has called yet",
                "form_identifier_not_found, Nothing is wrong here",
                "native_api_disabled, 'Nothing is wrong, but look at this'",
                "origin_invalid, One thing is wrong",
                "origin_invalid native_api_disabled, One thing is wrong",
                "origin_invalid api_version_invalid, 2 things are wrong",
            })
    void theHeadingSaysWhetherSomethingIsWrong(String reasons, String heading) {
        List<Incident> incidents = reasons == null
                ? List.of()
                : Arrays.stream(reasons.split(" ")).map(DoctorPageTest::refused).toList();
        assertThat(new DoctorPage(INSTANCE, NOW, "1").of(incidents)).contains("<h1>" + heading + "</h1>");
    }

    private static Incident refused(String reason) {
        return new Incident(Incident.Ending.REFUSED, reason, "localhost", "", 1, NOW, NOW);
    }
}
