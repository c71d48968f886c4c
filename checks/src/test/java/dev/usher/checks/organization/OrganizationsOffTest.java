package dev.usher.checks.organization;

import static dev.usher.checks.harness.AnswerAssert.assertThat;

import dev.usher.checks.harness.RunningUsher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Organizations are off. */
class OrganizationsOffTest {
    @RegisterExtension
    static final RunningUsher off = RunningUsher.inMemory("""
            instance:
              organizations:
                enabled: false
            """);

    private final Member person = Member.signedUp(off);

    @Test
    void nothingOfThemIsThere() {
        assertThat(person.touches("org_1")).isRefused(403, "organization_not_enabled_in_instance");
        assertThat(person.mints("org_1")).isRefused(403, "organization_not_enabled_in_instance");
        assertThat(person.touches("")).isOk().has("/response/last_active_organization_id", "null");
        assertThat(person.mints("")).isOk();
        assertThat(person.browser().post("/v1/organizations", "name", "None"))
                .isRefused(403, "organization_not_enabled_in_instance");
        assertThat(person.browser().get("/v1/organizations/org_1"))
                .isRefused(403, "organization_not_enabled_in_instance");
        assertThat(person.browser().get("/v1/me/organization_memberships"))
                .isRefused(403, "organization_not_enabled_in_instance");
        assertThat(off.get("/v1/environment")).has("/organization_settings/enabled", "false");
        assertThat(person.browser().get("/v1/me")).has("/response/create_organization_enabled", "false");
    }
}
