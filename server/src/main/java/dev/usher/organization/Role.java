package dev.usher.organization;

import java.time.Instant;
import java.util.List;

/**
 * What members are, and what they may do by it.
 *
 * @param key {@code org:name}
 * @param permissions in alphabetical order of their keys
 */
public record Role(
        String id,
        String key,
        String name,
        String description,
        List<Permission> permissions,
        Instant createdAt,
        Instant updatedAt) {
    public static final String ADMIN = "org:admin";
    public static final String MEMBER = "org:member";

    /** What somebody in every organization must be allowed, and thus everybody who makes one. */
    public static final List<String> LEAST =
            List.of(Permission.MEMBERSHIPS_READ, Permission.MEMBERSHIPS_MANAGE, Permission.PROFILE_DELETE);

    public boolean allows(String permission) {
        return permissions.stream().anyMatch(one -> one.key().equals(permission));
    }

    /** Whether its members can keep an organization going. */
    public boolean isCreatorEligible() {
        return LEAST.stream().allMatch(this::allows);
    }

    public List<String> permissionKeys() {
        return permissions.stream().map(Permission::key).toList();
    }

    /** The permissions that stand in tokens. */
    public List<String> customPermissionKeys() {
        return permissions.stream()
                .filter(Permission::custom)
                .map(Permission::key)
                .toList();
    }
}
