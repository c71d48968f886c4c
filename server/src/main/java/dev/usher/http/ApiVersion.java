package dev.usher.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A published version of the API, by its date; callers that name none are answered as the oldest. */
public record ApiVersion(String date) implements Comparable<ApiVersion> {
    /** Every published version, oldest first. */
    public static final List<ApiVersion> KNOWN = List.of(
            new ApiVersion("2021-02-05"),
            new ApiVersion("2024-10-01"),
            new ApiVersion("2025-03-12"),
            new ApiVersion("2025-04-10"),
            new ApiVersion("2025-11-10"),
            new ApiVersion("2026-05-12"),
            // Asked for by clerk-js 6.40; of what is served here it changes nothing.
            new ApiVersion("2026-08-20"));

    public static final ApiVersion OLDEST = KNOWN.getFirst();
    public static final ApiVersion NEWEST = KNOWN.getLast();

    private static final Map<String, ApiVersion> BY_DATE =
            KNOWN.stream().collect(Collectors.toUnmodifiableMap(ApiVersion::date, Function.identity()));

    static Optional<ApiVersion> of(String date) {
        return Optional.ofNullable(BY_DATE.get(date));
    }

    /** Whether a change published on the date is not yet part of this version. */
    public boolean isBefore(String changeDate) {
        return date.compareTo(changeDate) < 0;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return date.compareTo(other.date);
    }
}
