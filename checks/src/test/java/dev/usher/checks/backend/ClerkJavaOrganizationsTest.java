package dev.usher.checks.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clerk.backend_api.Clerk;
import com.clerk.backend_api.models.components.Organization;
import com.clerk.backend_api.models.components.OrganizationMembership;
import com.clerk.backend_api.models.errors.ClerkErrors;
import com.clerk.backend_api.models.operations.CreateOrganizationInvitationBulkRequestBody;
import com.clerk.backend_api.models.operations.CreateOrganizationInvitationRequestBody;
import com.clerk.backend_api.models.operations.CreateOrganizationMembershipRequestBody;
import com.clerk.backend_api.models.operations.CreateOrganizationPermissionRequestBody;
import com.clerk.backend_api.models.operations.CreateOrganizationRequestBody;
import com.clerk.backend_api.models.operations.CreateOrganizationRoleRequestBody;
import com.clerk.backend_api.models.operations.CreateUserRequestBody;
import com.clerk.backend_api.models.operations.ListOrganizationMembershipsRequest;
import com.clerk.backend_api.models.operations.ListOrganizationsRequest;
import com.clerk.backend_api.models.operations.MergeOrganizationMetadataRequestBody;
import com.clerk.backend_api.models.operations.UpdateOrganizationMembershipRequestBody;
import com.clerk.backend_api.models.operations.UpdateOrganizationRequestBody;
import dev.usher.checks.harness.RunningUsher;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** com.clerk:backend-api, as it is published, administers organizations, roles and permissions. */
class ClerkJavaOrganizationsTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Clerk clerk;
    private String name;
    private String owner;
    private Organization organization;

    @BeforeEach
    void anOrganization() {
        clerk = Clerk.builder()
                .serverURL(usher.proxy().url() + "/v1")
                .bearerAuth(usher.process().key("CLERK_SECRET_KEY"))
                .build();
        name = "javaorg" + COUNT.incrementAndGet();
        owner = user(name);
        organization = clerk.organizations()
                .create()
                .request(CreateOrganizationRequestBody.builder()
                        .name(name)
                        .createdBy(owner)
                        .publicMetadata(Map.of("a", 1))
                        .build())
                .call()
                .organization()
                .orElseThrow();
    }

    private String user(String username) {
        return clerk.users()
                .create(CreateUserRequestBody.builder()
                        .username(username)
                        .skipPasswordRequirement(true)
                        .build())
                .user()
                .orElseThrow()
                .id();
    }

    private OrganizationMembership join(String userId, String role) {
        return clerk.organizationMemberships()
                .create()
                .organizationId(organization.id())
                .requestBody(CreateOrganizationMembershipRequestBody.builder()
                        .userId(userId)
                        .role(role)
                        .build())
                .call()
                .organizationMembership()
                .orElseThrow();
    }

    @Test
    void readsChangesListsAndDeletesOrganizations() {
        String id = organization.id();
        var list = clerk.organizations()
                .list(ListOrganizationsRequest.builder()
                        .query(name)
                        .userId(List.of(owner))
                        .build())
                .organizations()
                .orElseThrow();
        assertThat(list.totalCount()).isEqualTo(1);
        assertThat(list.data()).extracting(Organization::id).containsExactly(id);
        clerk.organizations()
                .update(
                        id,
                        UpdateOrganizationRequestBody.builder().name("Renamed").build());
        clerk.organizations()
                .mergeMetadata(
                        id,
                        MergeOrganizationMetadataRequestBody.builder()
                                .publicMetadata(Map.of("b", 2))
                                .build());
        Organization read = clerk.organizations().get(id).organization().orElseThrow();
        assertThat(read.name()).isEqualTo("Renamed");
        assertThat(read.publicMetadata()).isEqualTo(Map.of("a", 1, "b", 2));
        clerk.organizations().delete(id);
        assertThatThrownBy(() -> clerk.organizations().get(id)).isInstanceOf(ClerkErrors.class);
    }

    @Test
    void takesMembersInAndLetsThemGo() {
        String member = user(name + "member");
        assertThat(join(member, "org:member").role()).isEqualTo("org:member");
        clerk.organizationMemberships()
                .update(
                        organization.id(),
                        member,
                        UpdateOrganizationMembershipRequestBody.builder()
                                .role("org:admin")
                                .build());
        var list = clerk.organizationMemberships()
                .list(ListOrganizationMembershipsRequest.builder()
                        .organizationId(organization.id())
                        .role(List.of("org:admin"))
                        .orderBy("+created_at")
                        .build())
                .organizationMemberships()
                .orElseThrow();
        assertThat(list.totalCount()).isEqualTo(2);
        assertThat(list.data()).extracting(OrganizationMembership::role).containsOnly("org:admin");
        clerk.organizationMemberships().delete(organization.id(), member);
        var left = clerk.users().getOrganizationMemberships().userId(member).call();
        assertThat(left.organizationMemberships().orElseThrow().totalCount()).isZero();
    }

    @Test
    void invitesAndTakesInvitationsBack() {
        String id = organization.id();
        var made = clerk.organizationInvitations()
                .create()
                .organizationId(id)
                .requestBody(CreateOrganizationInvitationRequestBody.builder()
                        .emailAddress("one." + name + "@example.com")
                        .role("org:member")
                        .inviterUserId(owner)
                        .build())
                .call()
                .organizationInvitation()
                .orElseThrow();
        clerk.organizationInvitations()
                .bulkCreate(
                        id,
                        List.of(CreateOrganizationInvitationBulkRequestBody.builder()
                                .emailAddress("two." + name + "@example.com")
                                .role("org:member")
                                .build()));
        var pending = clerk.organizationInvitations().listPending(id);
        assertThat(pending.organizationInvitations().orElseThrow().totalCount()).isEqualTo(2);
        var revoked = clerk.organizationInvitations().revoke(id, made.id());
        assertThat(revoked.organizationInvitation().orElseThrow().status()).contains("revoked");
        var read = clerk.organizationInvitations().get(id, made.id());
        assertThat(read.organizationInvitation().orElseThrow().status()).contains("revoked");
    }

    @Test
    void makesRolesAndPermissions() {
        String permission = clerk.organizationPermissions()
                .create(CreateOrganizationPermissionRequestBody.builder()
                        .name("Read")
                        .key("org:" + name + ":read")
                        .description("Look")
                        .build())
                .permission()
                .orElseThrow()
                .id();
        String role = clerk.organizationRoles()
                .create(CreateOrganizationRoleRequestBody.builder()
                        .name("Clerk")
                        .key("org:" + name)
                        .permissions(List.of())
                        .build())
                .role()
                .orElseThrow()
                .id();
        clerk.organizationRoles().assignPermission(role, permission);
        String member = user(name + "clerk");
        assertThat(join(member, "org:" + name).permissions()).containsExactly("org:" + name + ":read");
        clerk.organizationRoles().removePermission(role, permission);
        assertThat(clerk.organizationRoles().get(role).role().orElseThrow().permissions())
                .isEmpty();
        clerk.organizationMemberships().delete(organization.id(), member);
        clerk.organizationRoles().delete(role);
        clerk.organizationPermissions().delete(permission);
        assertThatThrownBy(() -> clerk.organizationPermissions().get(permission))
                .isInstanceOf(ClerkErrors.class);
    }
}
