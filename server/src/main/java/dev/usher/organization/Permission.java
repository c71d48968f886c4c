package dev.usher.organization;

import java.time.Instant;

/**
 * Something that a role may allow.
 *
 * @param key {@code org:feature:action}
 * @param custom whether it was made for an app; the others are asked for by the Frontend API and never stand in tokens
 */
public record Permission(
        String id, String key, String name, String description, boolean custom, Instant createdAt, Instant updatedAt) {
    public static final String PROFILE_MANAGE = "org:sys_profile:manage";
    public static final String PROFILE_DELETE = "org:sys_profile:delete";
    public static final String MEMBERSHIPS_READ = "org:sys_memberships:read";
    public static final String MEMBERSHIPS_MANAGE = "org:sys_memberships:manage";
    public static final String DOMAINS_READ = "org:sys_domains:read";
    public static final String DOMAINS_MANAGE = "org:sys_domains:manage";
    public static final String BILLING_READ = "org:sys_billing:read";
}
