package dev.usher.checks.organization;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.RunningUsher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which organization a session is in, and how it gets there and away. */
class ActiveOrganizationTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              organizations:
                maximum-per-user: 0
            """);

    private static Member owner;
    private static Member other;
    private String first;
    private String second;

    @BeforeAll
    static void twoPeopleAreSignedIn() {
        owner = Member.signedUp(usher);
        other = Member.signedUp(usher);
    }

    @BeforeEach
    void thereAreTwoOrganizations() {
        first = owner.creates("First");
        usher.advance(java.time.Duration.ofSeconds(1));
        second = owner.creates("Second");
        Fapi.require(owner.touches(""));
    }

    @Test
    void aTouchSelectsByIdAndBySlug() {
        Answer touched = owner.touches(first);
        assertThat(touched).isOk().has("/response/last_active_organization_id", first);
        assertThat(touched).has("/client/sessions/0/last_active_organization_id", first);
        String slug = owner.browser().get("/v1/organizations/" + second).string("/response/slug");
        assertThat(owner.touches(slug)).isOk().has("/response/last_active_organization_id", second);
    }

    @Test
    void anEmptyIdIsThePersonalAccountAndAnAbsentOneNoChange() {
        owner.touches(first);
        assertThat(owner.browser().session(owner.session(), "touch"))
                .has("/response/last_active_organization_id", first);
        assertThat(owner.touches("")).isOk().has("/response/last_active_organization_id", "null");
    }

    @Test
    void aForeignAndAnUnknownOneAreNotFoundAndChangeNothing() {
        owner.touches(first);
        String foreign = other.creates("Foreign");
        for (String id : new String[] {foreign, "org_2xAAAAAAAAAAAAAAAAAAAAAAAAA", "no-such-slug"}) {
            assertThat(owner.touches(id)).isRefused(404, "organization_not_found_or_unauthorized");
            assertThat(owner.mints(id)).isRefused(404, "organization_not_found_or_unauthorized");
        }
        assertThat(owner.active()).isEqualTo(first);
    }

    @Test
    void aTokenForAnotherOrganizationLeavesTheActiveOne() {
        owner.touches(first);
        assertThat(owner.mints(second)).isOk().has("/object", "token");
        assertThat(owner.mints("")).isOk();
        assertThat(owner.active()).isEqualTo(first);
    }

    @Test
    void aNewSessionStartsWithTheOrganizationJoinedLast() {
        assertThat(owner.elsewhere(usher).active()).isEqualTo(second);
    }

    @Test
    void theSessionsUserShowsTheMembershipWithItsPermissions() {
        Answer session = owner.touches(first);
        assertThat(session).has("/response/user/organization_memberships/0/organization/id", second);
        assertThat(session).has("/response/user/organization_memberships/0/role", "org:admin");
        assertThat(session).has("/response/user/organization_memberships/0/role_name", "Admin");
        assertThat(session.at("/response/user/organization_memberships/0/permissions")
                        .toString())
                .contains("org:sys_profile:manage", "org:sys_memberships:manage");
    }

    @Test
    void whoIsRemovedIsInNoneOfItsSessionsAnyMoreAndSignedInStill() {
        owner.adds(first, other, "org:member");
        Member elsewhere = other.elsewhere(usher);
        Fapi.require(other.touches(first));
        Fapi.require(elsewhere.touches(first));
        assertThat(owner.browser().delete("/v1/organizations/" + first + "/memberships/" + other.userId()))
                .isOk();
        for (Member one : new Member[] {other, elsewhere}) {
            assertThat(one.active()).isNull();
            assertThat(one.mints(first)).isRefused(404, "organization_not_found_or_unauthorized");
            assertThat(one.browser().mint(one.session())).isOk();
            assertThat(one.reads()).has("/response/status", "active");
        }
    }

    @Test
    void whoLeavesIsInItNoMoreAndItsOtherOrganizationsStay() {
        owner.adds(first, other, "org:member");
        owner.adds(second, other, "org:member");
        Fapi.require(other.touches(first));
        Answer left = other.browser().delete("/v1/me/organization_memberships/" + first);
        assertThat(left).isOk().has("/client/sessions/0/last_active_organization_id", "null");
        assertThat(other.touches(second)).isOk();
        assertThat(owner.browser().delete("/v1/organizations/" + first + "/memberships/" + other.userId()))
                .isRefused(404, "resource_not_found");
        assertThat(other.active()).isEqualTo(second);
    }

    @Test
    void aDeletedOrganizationIsActiveForNobody() {
        owner.adds(first, other, "org:member");
        Fapi.require(other.touches(first));
        Fapi.require(owner.touches(first));
        assertThat(owner.browser().delete("/v1/organizations/" + first)).isOk().has("/response/deleted", "true");
        assertThat(owner.active()).isNull();
        assertThat(other.active()).isNull();
        assertThat(other.mints(first)).isRefused(404, "organization_not_found_or_unauthorized");
        assertThat(other.touches(first)).isRefused(404, "organization_not_found_or_unauthorized");
    }

    @Test
    void anotherRoleIsSeenAtOnce() {
        owner.adds(first, other, "org:member");
        Fapi.require(other.touches(first));
        long before = other.reads().at("/response/user/updated_at").asLong();
        usher.advance(java.time.Duration.ofSeconds(1));
        Fapi.require(owner.browser()
                .patch("/v1/organizations/" + first + "/memberships/" + other.userId(), "role", "org:admin"));
        Answer after = other.reads();
        assertThat(after.at("/response/user/organization_memberships").toString())
                .contains("org:admin");
        assertThat(after.at("/response/user/updated_at").asLong()).isGreaterThan(before);
        assertThat(other.active()).isEqualTo(first);
    }
}
