package dev.usher.checks.organization;

import static dev.usher.checks.harness.AnswerAssert.assertThat;

import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.RunningUsher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Personal accounts are off. */
class ForcedOrganizationTest {
    @RegisterExtension
    static final RunningUsher forced = RunningUsher.inMemory("""
            instance:
              organizations:
                force-selection: true
            """);

    private final Member person = Member.signedUp(forced);

    @Test
    void aSessionWithoutOrganizationWaitsForOne() {
        assertThat(person.reads())
                .isOk()
                .has("/response/status", "pending")
                .has("/response/tasks/0/key", "choose-organization");
        assertThat(person.browser().mint(person.session())).isOk();
        String organization = person.creates("Chosen");
        assertThat(person.reads()).has("/response/status", "pending");
        assertThat(person.touches(organization))
                .isOk()
                .has("/response/status", "active")
                .has("/response/tasks", "null")
                .has("/client/sessions/0/status", "active");
    }

    @Test
    void nobodyGetsBackToThePersonalAccount() {
        String organization = person.creates("Kept");
        Fapi.require(person.touches(organization));
        assertThat(person.touches("")).isOk().has("/response/last_active_organization_id", organization);
    }

    @Test
    void whoLosesTheOrganizationIsAskedForAnother() {
        String organization = person.creates("Lost");
        Fapi.require(person.touches(organization));
        Fapi.require(person.browser().delete("/v1/organizations/" + organization));
        assertThat(person.reads())
                .has("/response/status", "pending")
                .has("/response/tasks/0/key", "choose-organization");
        assertThat(forced.get("/v1/environment")).has("/organization_settings/force_organization_selection", "true");
    }

    @Test
    void aTokenForNoneIsForTheActiveOne() {
        String organization = person.creates("Active");
        Fapi.require(person.touches(organization));
        assertThat(person.mints("")).isOk();
    }
}
