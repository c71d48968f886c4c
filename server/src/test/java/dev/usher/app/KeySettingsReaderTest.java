package dev.usher.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.instance.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySettingsReaderTest {
    private static Settings.Keys read(Map<String, String> environment) {
        return ConfigReader.read(Optional.empty(), true, environment)
                .instance()
                .settings()
                .keys();
    }

    @Test
    void readsTheLifeOfAKey() {
        assertThat(read(Map.of(
                        "USHER_INSTANCE_KEYS_PUBLISH_BEFORE", "15m",
                        "USHER_INSTANCE_KEYS_KEEP_AFTER", "2h",
                        "USHER_INSTANCE_KEYS_ROTATE_EVERY", "30d")))
                .isEqualTo(new Settings.Keys(
                        Duration.ofMinutes(15), Duration.ofHours(2), Optional.of(Duration.ofDays(30))));
    }

    @ParameterizedTest
    @CsvSource({
        "PUBLISH_BEFORE, 5m, must be a duration",
        "PUBLISH_BEFORE, off, must be a duration",
        "KEEP_AFTER, 30s, must be a duration",
        "ROTATE_EVERY, 10m, must be a duration",
    })
    void aLifeInWhichTokensCouldBeRefusedIsAFault(String name, String value, String fault) {
        assertThatThrownBy(() -> read(Map.of("USHER_INSTANCE_KEYS_" + name, value)))
                .isInstanceOf(ConfigReader.Faulty.class)
                .hasMessageContaining(fault);
    }

    @Test
    void aKeyIsNotReplacedBeforeTheNextOneCouldBePublished() {
        assertThatThrownBy(() -> read(
                        Map.of("USHER_INSTANCE_KEYS_PUBLISH_BEFORE", "1d", "USHER_INSTANCE_KEYS_ROTATE_EVERY", "47h")))
                .isInstanceOf(ConfigReader.Faulty.class)
                .hasMessageContaining("twice");
    }
}
