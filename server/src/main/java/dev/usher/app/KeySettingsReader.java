package dev.usher.app;

import dev.usher.instance.Settings;
import java.time.Duration;
import java.util.Optional;

/** The settings {@code instance.keys.…}. */
final class KeySettingsReader {
    /** SDKs keep a key set for five minutes, and our own answer may be kept for one. */
    private static final Duration LEAST_BEFORE = Duration.ofMinutes(7);

    private static final Duration LEAST_AFTER = Duration.ofMinutes(2);
    private static final Duration MOST = Settings.Lifetimes.LONGEST;

    private KeySettingsReader() {}

    static Settings.Keys read(ConfigValues values, Settings.Keys usual) {
        var keys = new Settings.Keys(
                values.span("instance.keys.publish-before", usual.publishBefore(), LEAST_BEFORE, Duration.ofDays(30)),
                values.span("instance.keys.keep-after", usual.keepAfter(), LEAST_AFTER, MOST),
                values.spanOrOff("instance.keys.rotate-every", usual.rotateEvery(), Duration.ofHours(1), MOST));
        Optional<Duration> tooShort = keys.rotateEvery()
                .filter(every -> every.compareTo(keys.publishBefore().multipliedBy(2)) < 0);
        if (tooShort.isPresent())
            values.fault("instance.keys.rotate-every: must be at least twice instance.keys.publish-before");
        return keys;
    }
}
