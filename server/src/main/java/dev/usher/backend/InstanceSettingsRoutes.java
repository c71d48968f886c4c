package dev.usher.backend;

import dev.usher.base.Json;
import dev.usher.http.Body;
import dev.usher.http.Exchange;
import dev.usher.http.Given;
import dev.usher.http.OrganizationErrors;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.ChangedSettings;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.instance.Settings;
import dev.usher.organization.Role;
import dev.usher.organization.Roles;
import dev.usher.store.Store;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/instance/organization_settings} and {@code /v1/instance/restrictions}. */
final class InstanceSettingsRoutes {
    private static final List<String> RESTRICTIONS = List.of(
            "allowlist",
            "blocklist",
            "allowlist_blocklist_disabled_on_sign_in",
            "block_email_subaddresses",
            "block_disposable_email_domains");

    private final Store store;
    private final Instances instances;
    private final Roles roles;

    InstanceSettingsRoutes(Store store, Instances instances, Roles roles) {
        this.store = store;
        this.instances = instances;
        this.roles = roles;
    }

    void mount(Router backend) {
        backend.add("GET", "/v1/instance/organization_settings", exchange -> organizations(Instance.of(exchange)))
                .add("PATCH", "/v1/instance/organization_settings", this::updateOrganizations)
                .add("PATCH", "/v1/instance/restrictions", InstanceSettingsRoutes::updateRestrictions);
    }

    private static Reply organizations(Instance instance) {
        Settings.Organizations settings = instance.settings().organizations();
        ObjectNode json = Json.object()
                .put("object", "organization_settings")
                .put("enabled", settings.enabled())
                .put("max_allowed_memberships", settings.maxAllowedMemberships())
                .put("max_allowed_roles", Roles.MOST_CUSTOM + 2)
                .put("max_allowed_domains", 0)
                .put("creator_role", settings.creatorRole())
                .put("admin_delete_enabled", settings.adminDelete())
                .put("domains_enabled", false)
                .put("slug_disabled", !settings.slugs());
        json.putArray("domains_enrollment_modes");
        return Reply.bare(json.put("domains_default_role", settings.defaultRole()));
    }

    private Reply updateOrganizations(Exchange exchange) {
        Body body = exchange.body(
                "enabled",
                "max_allowed_memberships",
                "admin_delete_enabled",
                "domains_enabled",
                "slug_disabled",
                "domains_enrollment_modes",
                "creator_role_id",
                "domains_default_role_id");
        InstanceRoutes.requireOnly(body.flag("domains_enabled"), "domains_enabled", false);
        InstanceRoutes.requireOnly(body.texts("domains_enrollment_modes"), "domains_enrollment_modes", List.of());
        InstanceRoutes.requireOnly(body.text("domains_default_role_id"), "domains_default_role_id", "");
        Given<Boolean> enabled = body.flag("enabled");
        Given<Integer> members = Fields.count(body, "max_allowed_memberships");
        Given<Boolean> adminDelete = body.flag("admin_delete_enabled");
        Given<String> creatorRole = body.text("creator_role_id").map(id -> creatorRole(exchange, id));
        Given<Boolean> slugs = body.flag("slug_disabled").map(disabled -> !disabled);
        return organizations(instances.change(
                Instance.of(exchange),
                present -> {
                    var one = given(enabled, present, ChangedSettings::organizations);
                    var two = given(members, one, ChangedSettings::organizationMembers);
                    var three = given(adminDelete, two, ChangedSettings::organizationAdminDelete);
                    var four = given(creatorRole, three, ChangedSettings::organizationCreatorRole);
                    return given(slugs, four, ChangedSettings::organizationSlugs);
                },
                exchange.now()));
    }

    /** The key of a role that can run an organization. */
    private String creatorRole(Exchange exchange, String id) {
        Role role = store.read(tx -> roles.byId(tx, Instance.of(exchange), id));
        if (!role.isCreatorEligible()) throw OrganizationErrors.creatorsNeed(Role.LEAST);
        return role.key();
    }

    /** How one setting is changed, or given back to the configuration where no value is given. */
    private interface Setting<T> {
        ChangedSettings change(ChangedSettings present, Optional<T> value);
    }

    private static <T> ChangedSettings given(Given<T> field, ChangedSettings present, Setting<T> setting) {
        return field.isThere() ? setting.change(present, field.value()) : present;
    }

    /** Nobody is kept out by a list here, and nothing says so by mistake. */
    private static Reply updateRestrictions(Exchange exchange) {
        Body body = exchange.body(RESTRICTIONS.toArray(String[]::new));
        ObjectNode json = Json.object().put("object", "instance_restrictions");
        for (String restriction : RESTRICTIONS) {
            InstanceRoutes.requireOnly(body.flag(restriction), restriction, false);
            json.put(restriction, false);
        }
        return Reply.bare(json);
    }
}
