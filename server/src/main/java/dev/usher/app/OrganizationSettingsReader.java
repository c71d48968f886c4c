package dev.usher.app;

import dev.usher.instance.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code instance.organizations}. */
final class OrganizationSettingsReader {
    private static final String PREFIX = "instance.organizations.";
    private static final String ROLE = "org:[a-z][a-z0-9_-]{0,62}";
    private static final String PERMISSION = "org:[a-z][a-z0-9_-]{0,62}:[a-z][a-z0-9_-]{0,62}";
    private static final int MOST_ROLES = 10;

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
        for (int i = 0; ; i++) {
            String at = PREFIX + "permissions." + i + ".";
            Optional<String> key = values.text(at + "key");
            if (key.isEmpty()) return List.copyOf(all);
            boolean custom = key.get().matches(PERMISSION) && !key.get().startsWith("org:sys_");
            if (!custom) values.fault(at + "key: must be a permission such as org:invoices:read, not " + key.get());
            all.add(new Settings.DeclaredPermission(
                    key.get(), values.text(at + "name", key.get()), values.text(at + "description", "")));
        }
    }

    private List<Settings.DeclaredRole> roles() {
        List<Settings.DeclaredRole> all = new ArrayList<>();
        for (int i = 0; ; i++) {
            String at = PREFIX + "roles." + i + ".";
            Optional<String> key = values.text(at + "key");
            if (key.isEmpty()) return List.copyOf(all);
            if (!key.get().matches(ROLE))
                values.fault(at + "key: must be a role such as org:billing, not " + key.get());
            all.add(new Settings.DeclaredRole(
                    key.get(),
                    values.text(at + "name", key.get()),
                    values.text(at + "description", ""),
                    values.list(at + "permissions")));
        }
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
        requireKnown(roles, "creator-role", settings.creatorRole());
        requireKnown(roles, "default-role", settings.defaultRole());
    }

    private void requireKnown(Set<String> roles, String key, String role) {
        if (role.matches(ROLE) && !roles.contains(role))
            values.fault(PREFIX + key + ": " + role + " is no declared role");
    }
}
