package dev.usher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guide's list of findings against the code. */
class DoctorGuideTest {
    private static final Path PAGE = Path.of("../docs/guide/doctor.md");

    @Test
    void everyFindingStandsInTheGuideAndNoOther() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .filter(line -> line.matches("\\| `[a-z-]+` \\| (fault|warning) \\|.*"))
                .map(line -> line.replaceFirst("\\| `([a-z-]+)` \\| (fault|warning) \\|.*", "$1 $2"))
                .toList();
        List<String> known = Arrays.stream(Fault.values())
                .map(fault -> fault.id() + (fault.isWarning() ? " warning" : " fault"))
                .toList();
        assertThat(rows).containsExactlyInAnyOrderElementsOf(known);
    }
}
