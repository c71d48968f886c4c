package dev.usher.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainOptionsTest {
    private static final Set<String> VALUED = Set.of("--port", "--data");
    private static final Set<String> FLAGS = Set.of("--in-memory");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev --port 80 --data there --in-memory",
                "dev --port=80 --data=there --in-memory",
                "dev --in-memory --data there --port=80"
            })
    void plainOptionsAreRead(String line) {
        assertThat(PlainOptions.of(line.split(" "), VALUED, FLAGS))
                .contains(new PlainOptions(Map.of("--port", "80", "--data", "there", "--in-memory", "")));
    }

    @Test
    void noOptionsArePlain() {
        assertThat(PlainOptions.of(new String[] {"dev"}, VALUED, FLAGS)).contains(new PlainOptions(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev --help",
                "dev -h",
                "dev --port",
                "dev --port=",
                "dev --port --data",
                "dev --port 80 --port 81",
                "dev --in-memory=true",
                "dev --in-memory --in-memory",
                "dev @options",
                "dev --unknown 1",
                "dev there",
                "dev --"
            })
    void whateverElseIsLeftToTheLibrary(String line) {
        assertThat(PlainOptions.of(line.split(" "), VALUED, FLAGS)).isEmpty();
    }
}
