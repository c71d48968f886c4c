package dev.usher.organization;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** That a user belongs to an organization, and as what. */
public record Membership(
        String id,
        Organization organization,
        String userId,
        Role role,
        JsonNode publicMetadata,
        JsonNode privateMetadata,
        Instant createdAt,
        Instant updatedAt) {

    /** What a token says of it. */
    public ActiveOrganization active() {
        return new ActiveOrganization(organization.id(), organization.slug(), role.key(), role.customPermissionKeys());
    }
}
