package dev.usher.instance;

import dev.usher.base.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Settings that were changed through the Backend API. They go over the declared ones until they are given back. */
public final class ChangedSettings {
    static final ChangedSettings NONE = new ChangedSettings(Json.object());

    private static final String TEST_MODE = "test_mode";
    private static final String ALLOWED_ORIGINS = "allowed_origins";
    private static final String SESSION_CLAIMS = "session_claims";
    private static final String ORGANIZATIONS = "organizations";
    private static final String MEMBERS = "organization_members";
    private static final String SLUGS = "organization_slugs";
    private static final String CREATOR_ROLE = "organization_creator_role";
    private static final String ADMIN_DELETE = "organization_admin_delete";

    private final ObjectNode values;

    private ChangedSettings(ObjectNode values) {
        this.values = values;
    }

    /** Reads what {@link #text} wrote. */
    static ChangedSettings parse(String text) {
        return new ChangedSettings(Json.parse(text).asObject());
    }

    String text() {
        return Json.text(values);
    }

    /** With this test mode; empty gives it back to the configuration. */
    public ChangedSettings testMode(Optional<Boolean> on) {
        return with(TEST_MODE, on.map(value -> Json.object().booleanNode(value)));
    }

    /** With these origins allowed; empty gives them back to the configuration. */
    public ChangedSettings allowedOrigins(Optional<List<String>> origins) {
        return with(ALLOWED_ORIGINS, origins.map(Json::texts));
    }

    public ChangedSettings organizations(Optional<Boolean> enabled) {
        return with(ORGANIZATIONS, enabled.map(value -> Json.object().booleanNode(value)));
    }

    /** With this number of members that a new organization may have, 0 for any. */
    public ChangedSettings organizationMembers(Optional<Integer> most) {
        return with(MEMBERS, most.map(value -> Json.object().numberNode(value)));
    }

    public ChangedSettings organizationSlugs(Optional<Boolean> on) {
        return with(SLUGS, on.map(value -> Json.object().booleanNode(value)));
    }

    public ChangedSettings organizationAdminDelete(Optional<Boolean> on) {
        return with(ADMIN_DELETE, on.map(value -> Json.object().booleanNode(value)));
    }

    /** With this JSON text as the custom claims of session tokens; empty gives them back to the configuration. */
    public ChangedSettings sessionClaims(Optional<String> claims) {
        return with(SESSION_CLAIMS, claims.map(Json::parse));
    }

    /** With this role, by its key, for those who make an organization. */
    public ChangedSettings organizationCreatorRole(Optional<String> key) {
        return with(CREATOR_ROLE, key.map(value -> Json.object().stringNode(value)));
    }

    private ChangedSettings with(String name, Optional<? extends JsonNode> value) {
        ObjectNode changed = values.deepCopy();
        value.ifPresentOrElse(given -> changed.set(name, given), () -> changed.remove(name));
        return new ChangedSettings(changed);
    }

    Settings over(Settings declared) {
        boolean testMode = values.path(TEST_MODE).asBoolean(declared.testMode());
        List<String> origins = values.optional(ALLOWED_ORIGINS)
                .map(array -> array.valueStream().map(JsonNode::asString).toList())
                .orElse(declared.allowedOrigins());
        return declared.changed(testMode, origins, organizations(declared.organizations()))
                .with(tokens(declared.tokens()));
    }

    private Settings.Tokens tokens(Settings.Tokens declared) {
        return values.optional(SESSION_CLAIMS)
                .map(claims -> declared.withSessionClaims(Json.text(claims)))
                .orElse(declared);
    }

    private Settings.Organizations organizations(Settings.Organizations declared) {
        return new Settings.Organizations(
                values.path(ORGANIZATIONS).asBoolean(declared.enabled()),
                values.path(MEMBERS).asInt(declared.maxAllowedMemberships()),
                declared.mostPerUser(),
                declared.memberCreates(),
                values.path(SLUGS).asBoolean(declared.slugs()),
                declared.forceSelection(),
                values.path(ADMIN_DELETE).asBoolean(declared.adminDelete()),
                declared.newestActive(),
                values.path(CREATOR_ROLE).asString(declared.creatorRole()),
                declared.defaultRole(),
                declared.roles(),
                declared.permissions());
    }
}
