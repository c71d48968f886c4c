package dev.usher.app;

import dev.usher.instance.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code instance.organizations}. */
final class OrganizationSettingsReader {
    private static final String PREFIX = "instance.organizations.";
    private static final String ROLE = "org:[a-z][a-z0-9_-]{0,62}";
    private static final String PERMISSION = "org:[a-z][a-z0-9_-]{0,62}:[a-z][a-z0-9_-]{0,62}";
    private static final int MOST_ROLES = 10;
    private static final List<String> NEEDED =
            List.of("org:sys_memberships:read", "org:sys_memberships:manage", "org:sys_profile:delete");

    private final ConfigValues values;

    OrganizationSettingsReader(ConfigValues values) {
        this.values = values;
    }

    Settings.Organizations read(Settings.Organizations usual) {
        List<Settings.DeclaredPermission> permissions = permissions();
        List<Settings.DeclaredRole> roles = roles();
        var settings = new Settings.Organizations(
                flag("enabled", usual.enabled()),
                values.number(PREFIX + "maximum-members", usual.maxAllowedMemberships(), 0, 1_000_000),
                values.number(PREFIX + "maximum-per-user", usual.mostPerUser(), 0, 1_000_000),
                flag("creation-by-users", usual.memberCreates()),
                flag("slugs", usual.slugs()),
                flag("force-selection", usual.forceSelection()),
                flag("admin-delete", usual.adminDelete()),
                flag("newest-active", usual.newestActive()),
                role("creator-role", usual.creatorRole()),
                role("default-role", usual.defaultRole()),
                roles,
                permissions);
        if (settings.forceSelection() && !settings.enabled())
            values.fault(PREFIX + "force-selection: needs " + PREFIX + "enabled");
        check(settings);
        return settings;
    }

    private boolean flag(String key, boolean usual) {
        return values.flag(PREFIX + key, usual);
    }

    private String role(String key, String usual) {
        String role = values.text(PREFIX + key, usual);
        if (!role.matches(ROLE)) values.fault(PREFIX + key + ": must be a role such as org:member, not " + role);
        return role;
    }

    private List<Settings.DeclaredPermission> permissions() {
        List<Settings.DeclaredPermission> all = new ArrayList<>();
        for (String item : values.names(PREFIX + "permissions")) {
            String at = PREFIX + "permissions." + item + ".";
            String key = key(at, PERMISSION, "a permission such as org:invoices:read");
            if (key.startsWith("org:sys_")) values.fault(at + "key: org:sys_ is kept for system permissions");
            all.add(new Settings.DeclaredPermission(
                    key, values.text(at + "name", key), values.text(at + "description", "")));
        }
        return List.copyOf(all);
    }

    private List<Settings.DeclaredRole> roles() {
        List<Settings.DeclaredRole> all = new ArrayList<>();
        for (String item : values.names(PREFIX + "roles")) {
            String at = PREFIX + "roles." + item + ".";
            String key = key(at, ROLE, "a role such as org:billing");
            all.add(new Settings.DeclaredRole(
                    key,
                    values.text(at + "name", key),
                    values.text(at + "description", ""),
                    values.list(at + "permissions")));
        }
        return List.copyOf(all);
    }

    private String key(String at, String form, String what) {
        String key = values.text(at + "key").orElse("");
        if (!key.matches(form)) values.fault(at + "key: must be " + what + ", not " + (key.isEmpty() ? "empty" : key));
        return key;
    }

    private void check(Settings.Organizations settings) {
        Set<String> roles = new HashSet<>(Set.of("org:admin", "org:member"));
        Set<String> permissions = new HashSet<>(Settings.Organizations.SYSTEM_PERMISSIONS);
        for (Settings.DeclaredPermission permission : settings.permissions())
            if (!permissions.add(permission.key()))
                values.fault(PREFIX + "permissions: " + permission.key() + " is declared twice");
        if (settings.roles().size() > MOST_ROLES)
            values.fault(PREFIX + "roles: " + MOST_ROLES + " may be declared at most");
        Set<String> declared = new HashSet<>();
        for (Settings.DeclaredRole role : settings.roles()) {
            if (!declared.add(role.key())) values.fault(PREFIX + "roles: " + role.key() + " is declared twice");
            roles.add(role.key());
            role.permissions().stream()
                    .filter(key -> !permissions.contains(key))
                    .forEach(key -> values.fault(PREFIX + "roles: " + role.key() + " has " + key
                            + ", which is neither a system permission nor declared"));
        }
        requireEligible(settings);
        requireKnown(roles, "creator-role", settings.creatorRole());
        requireKnown(roles, "default-role", settings.defaultRole());
    }

    /** Whoever makes an organization must be able to run it. */
    private void requireEligible(Settings.Organizations settings) {
        for (Settings.DeclaredRole role : settings.roles())
            if (role.key().equals(settings.creatorRole()) && !role.permissions().containsAll(NEEDED))
                values.fault(PREFIX + "creator-role: " + role.key() + " needs " + String.join(", ", NEEDED));
        if (settings.creatorRole().equals("org:member")
                && settings.roles().stream().noneMatch(role -> role.key().equals("org:member")))
            values.fault(PREFIX + "creator-role: org:member needs " + String.join(", ", NEEDED));
    }

    private void requireKnown(Set<String> roles, String key, String role) {
        if (role.matches(ROLE) && !roles.contains(role))
            values.fault(PREFIX + key + ": " + role + " is no declared role");
    }
}
