package dev.usher.session;

import java.util.Optional;

/** The device and place that a session was opened from. */
public record Activity(
        String id,
        Optional<String> deviceType,
        boolean isMobile,
        Optional<String> browserName,
        Optional<String> browserVersion,
        Optional<String> ipAddress,
        Optional<String> city,
        Optional<String> country) {

    /** From nowhere that is known. */
    static final Activity NONE = new Activity(
            "",
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
}
