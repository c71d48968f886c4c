package dev.usher.http;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What an operation took in requests before a version: handlers know the newest form and are spared the comparison. */
record DatedChange(String date, String method, String pattern, Set<String> fieldsTakenBefore) {
    /** Published in the upgrade notes: metadata moved from the profile and from the user to endpoints of their own. */
    private static final List<DatedChange> ALL = List.of(
            new DatedChange("2026-05-12", "PATCH", "/v1/me", Set.of("unsafe_metadata")),
            new DatedChange(
                    "2026-05-12",
                    "PATCH",
                    "/v1/users/{user_id}",
                    Set.of("public_metadata", "private_metadata", "unsafe_metadata")));

    private static final String LATEST =
            ALL.stream().map(DatedChange::date).max(Comparator.naturalOrder()).orElseThrow();

    static Set<String> olderFields(ApiVersion version, String method, String pattern) {
        // Asked for each form and body; the newest callers have no such fields.
        if (!version.isBefore(LATEST)) return Set.of();
        return ALL.stream()
                .filter(change -> version.isBefore(change.date))
                .filter(change -> change.method.equals(method) && change.pattern.equals(pattern))
                .flatMap(change -> change.fieldsTakenBefore.stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
