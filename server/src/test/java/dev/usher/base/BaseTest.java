package dev.usher.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00.123456Z");

    @Test
    void idsHaveTheirPrefixAndSortByTime() {
        Ids ids = new Ids(new Randomness());
        String earlier = ids.next("sess", NOW);
        String later = ids.next("sess", NOW.plusSeconds(2));
        assertThat(earlier).matches("sess_[0-9A-Za-z]{27}");
        assertThat(earlier).isLessThan(later);
        assertThat(ids.next("sess", NOW)).isNotEqualTo(earlier);
    }

    @Test
    void secretsShowAMaskAndKnowTheirHash() {
        Secret secret = new Randomness().secret();
        assertThat(secret).hasToString("****");
        assertThat(secret.reveal()).matches("[0-9A-Za-z_-]{43}");
        assertThat(secret.hashesTo(Secret.of(secret.reveal()).hash())).isTrue();
        assertThat(secret.hashesTo(new Randomness().secret().hash())).isFalse();
        assertThat(secret.sameAs(Secret.of(secret.reveal()))).isTrue();
    }

    @Test
    void codesHaveSixDigits() {
        Randomness randomness = new Randomness();
        for (int i = 0; i < 1000; i++) assertThat(randomness.sixDigits()).matches("\\d{6}");
    }

    @Test
    void theClockCountsMillisecondsAndMovesForwardOnly() {
        Clock clock = new Clock(() -> NOW);
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-24T08:00:00.123Z"));
        clock.advance(Duration.ofDays(8));
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-12-02T08:00:00.123Z"));
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "12h, PT12H", "7d, PT168H", "3650d, PT87600H"})
    void spansAreReadAndWritten(String text, Duration span) {
        assertThat(Spans.parse(text)).contains(span);
        assertThat(Spans.text(span)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 m", "-5m", "5min", "1.5h", "9999999999d"})
    void spansAreNothingElse(String text) {
        assertThat(Spans.parse(text)).isEmpty();
    }
}
