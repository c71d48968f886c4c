package dev.usher.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page that lists every setting, against the reader that asks for them. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z.-]+)` \\| `(USHER_[A-Z_]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Map<String, String> LEAST_FOR_PRODUCTION = Map.of(
            "USHER_PUBLIC_URL", "https://clerk.example.com",
            "USHER_MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "USHER_INSTANCE_FRONTEND_API_HOST", "clerk.example.com",
            "USHER_INSTANCE_SECRET_KEY", "sk_live_0123456789abcdef0123456789abcdef",
            "USHER_MAIL_HOST", "mail.example.com",
            "USHER_MAIL_FROM", "login@example.com");

    private static List<Row> rows = List.of();

    private record Row(String key, String variable, String byDefault) {
        /** Whether the value stands in the column of defaults; a default in words is not compared. */
        boolean tellsOf(String value) {
            return !byDefault.contains("`") || byDefault.contains("`" + value + "`");
        }
    }

    /** An environment that remembers what it was asked for. */
    private static final class Asked extends HashMap<String, String> {
        private static final long serialVersionUID = 1L;
        private final transient Set<String> names = new TreeSet<>();

        @Override
        public String get(Object name) {
            names.add((String) name);
            return super.get(name);
        }
    }

    @BeforeAll
    static void readThePage() throws IOException {
        rows = Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Row(row.group(1), row.group(2), row.group(3)))
                .toList();
    }

    @Test
    void everySettingThatIsReadStandsInThePageOnceAndNoOther() {
        Asked environment = new Asked();
        ConfigReader.read(Optional.empty(), true, environment);
        assertThat(rows).extracting(Row::variable).containsExactlyInAnyOrderElementsOf(environment.names);
    }

    @Test
    void aVariableIsNamedAfterItsKey() {
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.variable())
                        .isEqualTo("USHER_"
                                + row.key()
                                        .toUpperCase(Locale.ROOT)
                                        .replace('.', '_')
                                        .replace('-', '_')));
    }

    @Test
    void theDefaultsOfThePageAreThoseThatHold() {
        defaultsHold(ConfigReader.read(Optional.empty(), true, Map.of()), Map.of());
        defaultsHold(ConfigReader.read(Optional.empty(), false, LEAST_FOR_PRODUCTION), LEAST_FOR_PRODUCTION);
    }

    private static void defaultsHold(Config config, Map<String, String> given) {
        assertThat(rows).filteredOn(row -> !given.containsKey(row.variable())).allSatisfy(row -> {
            String value = config.effective().getOrDefault(row.key(), "");
            if (value.isEmpty()) assertThat(row.byDefault()).as(row.key()).isEqualTo("none");
            else assertThat(row.tellsOf(value)).as("%s is %s", row, value).isTrue();
        });
    }
}
