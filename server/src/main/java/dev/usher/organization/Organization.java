package dev.usher.organization;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * People who work together.
 *
 * @param maxAllowedMemberships 0 for any number
 * @param pendingInvitationsCount those that can still be accepted
 * @param createdBy the id of the user who made it
 * @param logoId names the picture; another picture has another id
 */
public record Organization(
        String id,
        String name,
        Optional<String> slug,
        int maxAllowedMemberships,
        int membersCount,
        int pendingInvitationsCount,
        boolean adminDeleteEnabled,
        JsonNode publicMetadata,
        JsonNode privateMetadata,
        Optional<String> createdBy,
        Optional<String> logoId,
        Instant createdAt,
        Instant updatedAt) {

    Organization named(String newName, Optional<String> newSlug) {
        return new Organization(
                id,
                newName,
                newSlug,
                maxAllowedMemberships,
                membersCount,
                pendingInvitationsCount,
                adminDeleteEnabled,
                publicMetadata,
                privateMetadata,
                createdBy,
                logoId,
                createdAt,
                updatedAt);
    }

    /** Whether so many more people may become members or be invited. */
    boolean hasSeatsFor(int more) {
        return maxAllowedMemberships == 0 || membersCount + pendingInvitationsCount + more <= maxAllowedMemberships;
    }
}
