package dev.usher.checks.backend;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Organizations, members, invitations, roles and permissions in the hands of a server. */
class OrganizationTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String ALL = "/v1/organizations";

    private Bapi server;
    private Person person;
    private String owner;
    private String name;
    private String id;
    private String path;

    @BeforeEach
    void anOrganization() {
        server = usher.server();
        person = Person.fresh();
        owner = user(person);
        name = "Acme " + COUNT.incrementAndGet() + ".";
        Answer made = server.post(ALL, """
                {"name":"%s","created_by":"%s","public_metadata":{"a":{"b":1}},"private_metadata":{"secret":1}}
                """.formatted(name, owner));
        id = Fapi.require(made).string("/id");
        path = ALL + "/" + id;
    }

    private String user(Person one) {
        return Fapi.require(server.post(
                        "/v1/users",
                        "{\"email_address\":[\"%s\"],\"password\":\"%s\"}".formatted(one.email(), one.password())))
                .string("/id");
    }

    private Answer join(String userId, String role) {
        return server.post(path + "/memberships", "{\"user_id\":\"%s\",\"role\":\"%s\"}".formatted(userId, role));
    }

    private static List<String> all(Answer page, String field) {
        List<String> values = new ArrayList<>();
        Fapi.require(page).at("/data").forEach(one -> values.add(one.at(field).asString()));
        return values;
    }

    @Test
    void isMadeWithItsCreatorAsAdmin() {
        assertThat(server.get(path))
                .isOk()
                .has("/object", "organization")
                .has("/name", name)
                .has("/created_by", owner)
                .has("/private_metadata/secret", "1")
                .has("/members_count", "1");
        assertThat(server.get(ALL + "/" + server.get(path).string("/slug"))).has("/id", id);
        assertThat(server.get(path + "/memberships"))
                .has("/total_count", "1")
                .has("/data/0/role", "org:admin")
                .has("/data/0/public_user_data/user_id", owner);
    }

    @Test
    void isChangedAndDeleted() {
        assertThat(server.patch(
                        path,
                        "{\"name\":\"Other\",\"slug\":\"other-%d\",\"max_allowed_memberships\":2,\"admin_delete_enabled\":false}"
                                .formatted(COUNT.incrementAndGet())))
                .isOk()
                .has("/name", "Other")
                .has("/max_allowed_memberships", "2")
                .has("/admin_delete_enabled", "false")
                .has("/private_metadata/secret", "1");
        assertThat(server.delete(path)).isOk().has("/object", "organization").has("/deleted", "true");
        assertThat(server.get(path)).isRefused(404, "resource_not_found");
    }

    @Test
    void metadataIsMergedAndReplaced() {
        assertThat(server.patch(path + "/metadata", "{\"public_metadata\":{\"a\":{\"b\":null,\"c\":2}}}"))
                .isOk()
                .has("/public_metadata", "{\"a\":{\"c\":2}}")
                .has("/private_metadata", "{\"secret\":1}");
        assertThat(server.put(path + "/metadata", "{\"private_metadata\":{\"other\":2}}"))
                .has("/public_metadata", "{\"a\":{\"c\":2}}")
                .has("/private_metadata", "{\"other\":2}");
    }

    @Test
    void listsAreFilteredOrderedAndCounted() {
        String query = "?query=" + name.replace(" ", "%20");
        assertThat(all(server.get(ALL + query), "/id")).containsExactly(id);
        assertThat(all(server.get(ALL + "?user_id=" + owner + "&user_id=user_nobody"), "/id"))
                .containsExactly(id);
        assertThat(all(server.get(ALL + "?organization_id=" + id + "&organization_id=org_nothing"), "/id"))
                .containsExactly(id);
        assertThat(all(server.get(ALL + "?order_by=-created_at&limit=1"), "/id"))
                .containsExactly(id);
        assertThat(server.get(ALL + "?order_by=-members_count&include_members_count=true"))
                .isOk();
        assertThat(server.get(ALL + "?order_by=color")).isRefused(422, "form_param_value_invalid", "order_by");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|form_param_missing|name",
                "{\"name\":\"\"}|form_param_nil|name",
                "{\"name\":7}|form_param_type_invalid|name",
                "{\"name\":\"x\",\"slug\":\"No Slug\"}|form_param_format_invalid|slug",
                "{\"name\":\"x\",\"max_allowed_memberships\":-1}|form_param_value_invalid|max_allowed_memberships",
                "{\"name\":\"x\",\"role_set_key\":\"y\"}|form_param_value_invalid|role_set_key",
                "{\"name\":\"x\",\"color\":\"red\"}|form_param_unknown|color",
                "{\"name\":\"x\",\"created_at\":\"tomorrow\"}|form_param_invalid_time|created_at",
            })
    void whatCannotBeMadeIsRefused(String json, String code, String param) {
        assertThat(server.post(ALL, json)).isRefused(422, code, param);
    }

    @Test
    void membersComeAndGoAndTheNextTokenKnows() {
        Person other = Person.fresh();
        String member = user(other);
        assertThat(join(member, "org:member")).isOk().has("/role", "org:member");
        Fapi browser = usher.browser();
        String session = browser.signIn(other);
        assertThat(orgOf(browser, session)).contains(id);
        assertThat(server.patch(path + "/memberships/" + member, "{\"role\":\"org:admin\"}"))
                .isOk()
                .has("/role", "org:admin");
        assertThat(server.patch(path + "/memberships/" + member + "/metadata", "{\"private_metadata\":{\"k\":1}}"))
                .isOk()
                .has("/private_metadata/k", "1");
        assertThat(server.get("/v1/users/" + member + "/organization_memberships"))
                .isOk()
                .has("/total_count", "1")
                .has("/data/0/organization/id", id);
        assertThat(server.delete(path + "/memberships/" + member)).isOk().has("/role", "org:admin");
        assertThat(orgOf(browser, session)).doesNotContain(id);
        assertThat(server.delete(path + "/memberships/" + member)).isRefused(404, "resource_not_found");
    }

    private static String orgOf(Fapi browser, String session) {
        String[] parts = Fapi.require(browser.mint(session)).string("/jwt").split("\\.");
        return new String(java.util.Base64.getUrlDecoder().decode(parts[1]));
    }

    @Test
    void membersAreFilteredByWhatTheyAre() {
        Person other = Person.fresh();
        String member = user(other);
        join(member, "org:member");
        String list = path + "/memberships?";
        String field = "/public_user_data/user_id";
        assertThat(all(server.get(list + "role=org:member"), field)).containsExactly(member);
        assertThat(all(server.get(list + "user_id=" + owner), field)).containsExactly(owner);
        assertThat(all(server.get(list + "user_id=-" + owner), field)).containsExactly(member);
        assertThat(all(server.get(list + "email_address=" + other.email().replace("+", "%2B")), field))
                .containsExactly(member);
        assertThat(all(server.get(list + "query=" + member), field)).containsExactly(member);
        assertThat(all(server.get(list + "created_at_after=0&order_by=created_at"), field))
                .containsExactlyInAnyOrder(owner, member);
        assertThat(server.get(list + "limit=1")).has("/total_count", "2");
        assertThat(server.get("/v1/users?order_by=created_at&organization_id=" + id)
                        .json())
                .hasSize(2);
        assertThat(server.get("/v1/users/count?organization_id=" + id)).has("/total_count", "2");
        assertThat(server.get("/v1/users?organization_id=-" + id + "&user_id=" + owner)
                        .json())
                .isEmpty();
        assertThat(all(server.get("/v1/organization_memberships?limit=500"), field))
                .contains(owner, member);
    }

    @Test
    void aMemberIsOneOnceAndThereAreSeats() {
        assertThat(join(owner, "org:member")).isRefused(400, "already_a_member_in_organization");
        assertThat(join("user_nobody", "org:member")).isRefused(404, "resource_not_found");
        assertThat(join(user(Person.fresh()), "org:nothing")).isRefused(422, "form_resource_not_found", "role");
        server.patch(path, "{\"max_allowed_memberships\":1}");
        assertThat(join(user(Person.fresh()), "org:member").status()).isEqualTo(403);
    }

    @Test
    void aUserWithMembershipsIsDeleted() {
        assertThat(server.delete("/v1/users/" + owner)).isOk();
        assertThat(server.get(path)).isOk().has("/members_count", "0");
    }

    @Test
    void invitationsAreMadeListedAndRevoked() {
        Answer made = server.post(path + "/invitations", """
                {"email_address":"Guest@example.com","role":"org:member","inviter_user_id":"%s","expires_in_days":3,
                 "public_metadata":{"p":1},"private_metadata":{"q":2},"redirect_url":"https://app.example.com/in",
                 "notify":false}
                """.formatted(owner));
        assertThat(made)
                .isOk()
                .has("/email_address", "guest@example.com")
                .has("/status", "pending")
                .has("/inviter_id", owner)
                .has("/public_inviter_data/user_id", owner)
                .has("/private_metadata/q", "2");
        assertThat(made.string("/url")).contains("/v1/tickets/accept?ticket=");
        String one = path + "/invitations/" + made.string("/id");
        assertThat(server.get(one)).isOk().has("/url", "null");
        assertThat(all(server.get(path + "/invitations?status=pending"), "/id")).containsExactly(made.string("/id"));
        assertThat(all(server.get(path + "/invitations/pending"), "/id")).containsExactly(made.string("/id"));
        assertThat(all(server.get(path + "/invitations?status=accepted"), "/id"))
                .isEmpty();
        assertThat(server.get("/v1/organization_invitations?query=guest"))
                .has("/data/0/public_organization_data/id", id);
        assertThat(server.post(one + "/revoke", "{}")).isOk().has("/status", "revoked");
        assertThat(server.post(one + "/revoke", "{}")).isRefused(404, "organization_invitation_not_pending");
        assertThat(server.get(path + "/invitations/orginv_nothing"))
                .isRefused(404, "organization_invitation_not_found");
    }

    @Test
    void manyAreInvitedAtOnceOrNone() {
        String two = "[{\"email_address\":\"a@example.com\",\"role\":\"org:member\"},"
                + "{\"email_address\":\"%s\",\"role\":\"org:member\"}]";
        assertThat(server.post(path + "/invitations/bulk", two.formatted("no address")))
                .isRefused(422, "form_param_format_invalid", "email_address");
        assertThat(server.get(path + "/invitations")).has("/total_count", "0");
        assertThat(server.post(path + "/invitations/bulk", two.formatted("b@example.com")))
                .isOk()
                .has("/total_count", "2");
        assertThat(server.post(path + "/invitations/bulk", "{}")).isRefused(400, "request_body_invalid");
        assertThat(all(server.get(path + "/invitations?order_by=email_address"), "/email_address"))
                .containsExactly("a@example.com", "b@example.com");
        assertThat(all(server.get(path + "/invitations?order_by=-email_address"), "/email_address"))
                .containsExactly("b@example.com", "a@example.com");
        assertThat(server.get(path + "/invitations?order_by=%2Bcreated_at&limit=1"))
                .has("/total_count", "2");
        assertThat(server.get(path + "/invitations?order_by=color"))
                .isRefused(422, "form_param_value_invalid", "order_by");
    }

    @Test
    void anInvitedUserFindsTheInvitation() {
        Person invited = Person.fresh();
        String userId = user(invited);
        server.post(
                path + "/invitations", "{\"email_address\":\"%s\",\"role\":\"org:member\"}".formatted(invited.email()));
        assertThat(server.get("/v1/users/" + userId + "/organization_invitations"))
                .isOk()
                .has("/total_count", "1")
                .has("/data/0/public_organization_data/name", name);
    }

    @Test
    void rolesAndPermissionsAreMadeAndReachTheToken() {
        int count = COUNT.incrementAndGet();
        String permission = Fapi.require(server.post(
                        "/v1/organization_permissions",
                        "{\"name\":\"Read\",\"key\":\"org:invoices:read%d\",\"description\":\"x\"}".formatted(count)))
                .string("/id");
        Answer role = server.post(
                "/v1/organization_roles",
                "{\"name\":\"Clerk\",\"key\":\"org:clerk%d\",\"permissions\":[\"%s\"]}".formatted(count, permission));
        assertThat(role).isOk().has("/permissions/0/id", permission).has("/is_creator_eligible", "false");
        String rolePath = "/v1/organization_roles/" + role.string("/id");
        Person other = Person.fresh();
        join(user(other), "org:clerk" + count);
        Fapi browser = usher.browser();
        String session = browser.signIn(other);
        assertThat(orgOf(browser, session)).contains("read" + count);
        assertThat(server.delete(rolePath + "/permissions/" + permission))
                .isOk()
                .has("/permissions", "[]");
        assertThat(orgOf(browser, session)).doesNotContain("read" + count);
        assertThat(server.post(rolePath + "/permissions/" + permission, "")).isOk();
        assertThat(server.post(rolePath + "/permissions/" + permission, "").status())
                .isEqualTo(409);
        assertThat(server.patch(rolePath, "{\"name\":\"Other\",\"permissions\":[]}"))
                .isOk()
                .has("/name", "Other")
                .has("/permissions", "[]");
        assertThat(server.get(rolePath)).has("/name", "Other");
        assertThat(server.delete(rolePath)).isRefused(422, "organization_role_assigned_members");
        assertThat(all(server.get("/v1/organization_roles?query=clerk" + count), "/id"))
                .containsExactly(role.string("/id"));
        String permissionPath = "/v1/organization_permissions/" + permission;
        assertThat(server.patch(permissionPath, "{\"name\":\"Look\"}")).isOk().has("/name", "Look");
        assertThat(server.get(permissionPath)).isOk().has("/type", "user");
        assertThat(server.delete(permissionPath))
                .isOk()
                .has("/object", "permission")
                .has("/deleted", "true");
        assertThat(server.get(permissionPath)).isRefused(404, "resource_not_found");
    }

    @Test
    void rolesAreListedByKeyAndDeleted() {
        String made = Fapi.require(server.post("/v1/organization_roles", "{\"name\":\"Gone\",\"key\":\"org:gone\"}"))
                .string("/id");
        assertThat(all(server.get("/v1/organization_roles?order_by=key&limit=1"), "/key"))
                .containsExactly("org:admin");
        assertThat(server.delete("/v1/organization_roles/" + made)).isOk().has("/object", "role");
        assertThat(server.delete("/v1/organization_roles/" + made)).isRefused(404, "resource_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org_nothing", "no-such-slug"})
    void anUnknownOneIsNotFound(String unknown) {
        String one = ALL + "/" + unknown;
        assertThat(server.get(one)).isRefused(404, "resource_not_found");
        assertThat(server.patch(one, "{}")).isRefused(404, "resource_not_found");
        assertThat(server.delete(one)).isRefused(404, "resource_not_found");
        assertThat(server.post(one + "/memberships", "{\"user_id\":\"x\",\"role\":\"org:member\"}"))
                .isRefused(404, "resource_not_found");
        assertThat(server.post(one + "/invitations", "{\"email_address\":\"a@b.co\",\"role\":\"org:member\"}"))
                .isRefused(404, "resource_not_found");
    }

    @Test
    void whoeverMakesOneGetsTheRoleThatTheInstanceSays() {
        String admin = server.get("/v1/organization_roles?query=org:admin").string("/data/0/id");
        String member = server.get("/v1/organization_roles?query=org:member").string("/data/0/id");
        String settings = "/v1/instance/organization_settings";
        assertThat(server.patch(settings, "{\"creator_role_id\":\"" + admin + "\"}"))
                .isOk()
                .has("/creator_role", "org:admin");
        assertThat(server.patch(settings, "{\"creator_role_id\":\"" + member + "\"}"))
                .isRefused(422, "organization_missing_creator_role_permissions");
    }
}
