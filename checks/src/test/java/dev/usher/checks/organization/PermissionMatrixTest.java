package dev.usher.checks.organization;

import static dev.usher.checks.harness.AnswerAssert.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Pixels;
import dev.usher.checks.harness.RunningUsher;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every operation on an organization, by everybody who could try it. */
class PermissionMatrixTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              organizations:
                maximum-per-user: 0
                maximum-members: 20
                permissions:
                  - key: org:invoices:read
                    name: Read invoices
                roles:
                  - key: org:recruiter
                    name: Recruiter
                    permissions: [org:sys_memberships:manage, org:invoices:read]
                  - key: org:guest
                    name: Guest
            """);

    private static final String OK = "200 ";
    private static final String FORBIDDEN = "403 missing_organization_permission";
    private static final String UNKNOWN = "404 organization_not_found_or_unauthorized";

    private static Member admin;
    private static Member member;
    private static Member recruiter;
    private static Member guest;
    private static Member stranger;
    private static Member candidate;

    @BeforeAll
    static void everybodyIsSignedIn() {
        admin = Member.signedUp(usher);
        member = Member.signedUp(usher);
        recruiter = Member.signedUp(usher);
        guest = Member.signedUp(usher);
        stranger = Member.signedUp(usher);
        candidate = Member.signedUp(usher);
    }

    /** An operation and what it comes to for admin, member, recruiter and guest; a stranger never gets anywhere. */
    private record Row(String name, Function<Call, Answer> operation, String... outcomes) {}

    /** Somebody who tries something on an organization. */
    private record Call(Member caller, String organization) {
        String path(String rest) {
            return "/v1/organizations/" + organization + rest;
        }

        Fapi browser() {
            return caller.browser();
        }
    }

    private static final Row[] MATRIX = {
        new Row("read", call -> call.browser().get(call.path("")), OK, OK, OK, OK),
        new Row(
                "rename",
                call -> call.browser().patch(call.path(""), "name", "New"),
                OK,
                FORBIDDEN,
                FORBIDDEN,
                FORBIDDEN),
        new Row("picture", PermissionMatrixTest::upload, OK, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        new Row(
                "no picture",
                call -> call.browser().delete(call.path("/logo")),
                "404 image_not_found",
                FORBIDDEN,
                FORBIDDEN,
                FORBIDDEN),
        new Row("delete", call -> call.browser().delete(call.path("")), OK, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        new Row("roles", call -> call.browser().get(call.path("/roles")), OK, OK, OK, OK),
        new Row("members", call -> call.browser().get(call.path("/memberships")), OK, OK, FORBIDDEN, FORBIDDEN),
        new Row(
                "add",
                call -> call.browser()
                        .post(call.path("/memberships"), "user_id", candidate.userId(), "role", "org:member"),
                OK,
                FORBIDDEN,
                OK,
                FORBIDDEN),
        new Row(
                "change role",
                call -> call.browser().patch(call.path("/memberships/" + guest.userId()), "role", "org:member"),
                OK,
                FORBIDDEN,
                OK,
                FORBIDDEN),
        new Row(
                "remove",
                call -> call.browser().delete(call.path("/memberships/" + guest.userId())),
                OK,
                FORBIDDEN,
                OK,
                FORBIDDEN),
        new Row(
                "invite",
                call -> call.browser()
                        .post(call.path("/invitations"), "email_address", "new@example.com", "role", "org:member"),
                OK,
                FORBIDDEN,
                OK,
                FORBIDDEN),
        new Row(
                "invite many",
                call -> call.browser()
                        .post(
                                call.path("/invitations/bulk"),
                                "email_address",
                                "one@example.com",
                                "email_address",
                                "two@example.com",
                                "role",
                                "org:member"),
                OK,
                FORBIDDEN,
                OK,
                FORBIDDEN),
        new Row("invitations", call -> call.browser().get(call.path("/invitations")), OK, FORBIDDEN, OK, FORBIDDEN),
        new Row("pending", call -> call.browser().get(call.path("/invitations/pending")), OK, FORBIDDEN, OK, FORBIDDEN),
        new Row(
                "revoke",
                call -> call.browser().post(call.path("/invitations/orginv_1/revoke")),
                "404 organization_invitation_not_found",
                FORBIDDEN,
                "404 organization_invitation_not_found",
                FORBIDDEN),
        new Row("domains", call -> call.browser().get(call.path("/domains")), OK, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        new Row(
                "add domain",
                call -> call.browser().post(call.path("/domains"), "name", "example.com"),
                "403 organization_domains_not_enabled",
                FORBIDDEN,
                FORBIDDEN,
                FORBIDDEN),
        new Row(
                "requests",
                call -> call.browser().get(call.path("/membership_requests")),
                OK,
                FORBIDDEN,
                OK,
                FORBIDDEN),
        new Row(
                "accept request",
                call -> call.browser().post(call.path("/membership_requests/req_1/accept")),
                "404 resource_not_found",
                FORBIDDEN,
                "404 resource_not_found",
                FORBIDDEN),
        new Row("token", call -> call.caller().mints(call.organization()), OK, OK, OK, OK),
        new Row("activate", call -> call.caller().touches(call.organization()), OK, OK, OK, OK),
        new Row(
                "leave",
                call -> call.browser().delete("/v1/me/organization_memberships/" + call.organization()),
                "400 organization_minimum_permissions_needed",
                OK,
                OK,
                OK),
    };

    private static Answer upload(Call call) {
        var request = Pixels.raw(call.browser().call("POST", call.path("/logo") + "?_method=PUT"), Pixels.PNG);
        return call.browser().send(request);
    }

    @TestFactory
    Stream<DynamicTest> everybodyDoesWhatTheirRoleAllows() {
        return Stream.of(MATRIX)
                .flatMap(row -> Stream.of(
                                Map.entry(admin, row.outcomes()[0]),
                                Map.entry(member, row.outcomes()[1]),
                                Map.entry(recruiter, row.outcomes()[2]),
                                Map.entry(guest, row.outcomes()[3]),
                                Map.entry(stranger, UNKNOWN))
                        .map(cell -> DynamicTest.dynamicTest(
                                row.name() + " by " + name(cell.getKey()),
                                () -> tried(row, cell.getKey(), cell.getValue()))));
    }

    private static String name(Member who) {
        return Map.of(admin, "admin", member, "member", recruiter, "recruiter", guest, "guest", stranger, "stranger")
                .get(who);
    }

    private static void tried(Row row, Member who, String outcome) {
        String organization = admin.creates("Matrix");
        admin.adds(organization, member, "org:member");
        admin.adds(organization, recruiter, "org:recruiter");
        admin.adds(organization, guest, "org:guest");
        Answer answer = row.operation().apply(new Call(who, organization));
        String[] expected = outcome.split(" ", 2);
        if (expected[1].isEmpty()) assertThat(answer).isOk();
        else assertThat(answer).isRefused(Integer.parseInt(expected[0]), expected[1]);
    }

    @TestFactory
    Stream<DynamicTest> anUnknownOrganizationIsRefusedLikeAStrangers() {
        return Stream.of(MATRIX)
                .map(row -> DynamicTest.dynamicTest(
                        row.name(),
                        () -> assertThat(row.operation().apply(new Call(admin, "org_2xAAAAAAAAAAAAAAAAAAAAAAAAA")))
                                .isRefused(404, "organization_not_found_or_unauthorized")));
    }

    @TestFactory
    Stream<DynamicTest> nobodyDoesAnythingSignedOut() {
        String organization = admin.creates("Closed");
        Member nobody = new Member(admin.person(), usher.browser(), admin.session(), admin.userId());
        return Stream.of(MATRIX)
                .map(row -> DynamicTest.dynamicTest(
                        row.name(),
                        () -> assertThat(row.operation().apply(new Call(nobody, organization)))
                                .isRefused(401, "signed_out")));
    }
}
