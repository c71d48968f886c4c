package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A token that no browser keeps is counted each time, and said once an hour. */
class TokenSizeTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private final LargeTokens large = new LargeTokens();

    private static Instance instance(String id) {
        return new Instance(id, true, "clerk.example.com", "http://localhost", Settings.defaults(true));
    }

    @Test
    void aCookieHolds4096BytesWithItsName() {
        assertThat(TokenSize.MOST + "__session_Ab3dEf6h=".length()).isEqualTo(4096);
    }

    @Test
    void onlyTokensThatDoNotFitAreCounted() {
        large.minted(instance("ins_1"), "sess_1", TokenSize.MOST, NOW);
        assertThat(large.count()).isZero();
        large.minted(instance("ins_1"), "sess_1", TokenSize.MOST + 1, NOW);
        large.minted(instance("ins_2"), "sess_2", TokenSize.MOST + 100, NOW);
        assertThat(large.count()).isEqualTo(2);
    }

    @Test
    void theWarningIsSaidOnceAnHourForEachInstance() {
        assertThat(large.isDue("ins_1", NOW)).isTrue();
        assertThat(large.isDue("ins_1", NOW)).isFalse();
        assertThat(large.isDue("ins_2", NOW.plusMillis(1))).isTrue();
        assertThat(large.isDue("ins_1", NOW.plus(Duration.ofMinutes(59)))).isFalse();
        assertThat(large.isDue("ins_1", NOW.plus(Duration.ofHours(1)))).isTrue();
        assertThat(large.isDue("ins_1", NOW.plus(Duration.ofMinutes(61)))).isFalse();
    }
}
