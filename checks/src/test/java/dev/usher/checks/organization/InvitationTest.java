package dev.usher.checks.organization;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Crowd;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.Wire;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Invitations from the mail to the membership, once. */
class InvitationTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              organizations:
                maximum-per-user: 0
              session:
                maximum-lifetime: 300d
            """);

    private static Member owner;
    private static Member invited;
    private String organization;

    @BeforeAll
    static void twoPeopleHaveAccounts() {
        owner = Member.signedUp(usher);
        invited = Member.signedUp(usher, Person.withInbox());
    }

    @BeforeEach
    void thereIsAnOrganization() {
        organization = owner.creates("Inviting");
    }

    private String path(String rest) {
        return "/v1/organizations/" + organization + rest;
    }

    private Answer invite(String address) {
        return owner.browser().post(path("/invitations"), "email_address", address, "role", "org:member");
    }

    private static Answer accept(Member who, String invitation) {
        return who.browser().post("/v1/me/organization_invitations/" + invitation + "/accept");
    }

    /** The link in the newest mail to an address. */
    private static String link(String address) {
        String body = usher.get("/_usher/inbox.json?limit=1&to=" + Wire.encoded(address))
                .string("/data/0/body");
        return body.lines()
                .map(String::trim)
                .filter(line -> line.startsWith("http"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no link in: " + body));
    }

    private static Answer follow(String link) {
        assertThat(link).startsWith(usher.url());
        return usher.get(link.substring(usher.url().length()));
    }

    @Test
    void anInvitationIsMailedListedAndAcceptedOnce() {
        Answer made = invite(invited.person().email());
        assertThat(made)
                .isOk()
                .has("/response/object", "organization_invitation")
                .has("/response/status", "pending")
                .has("/response/role_name", "Member");
        String id = made.string("/response/id");
        assertThat(made.text()).doesNotContain("ticket=");
        Answer mine = invited.browser().get("/v1/me/organization_invitations?status=pending");
        assertThat(mine).has("/response/data/0/id", id);
        assertThat(mine).has("/response/data/0/public_organization_data/name", "Inviting");
        assertThat(accept(invited, id))
                .isOk()
                .has("/response/status", "accepted")
                .has("/client/sessions/0/user/organization_memberships/0/organization/id", organization);
        assertThat(accept(invited, id)).isRefused(400, "organization_invitation_already_accepted");
        assertThat(owner.browser().get(path("")))
                .has("/response/members_count", "2")
                .has("/response/pending_invitations_count", "0");
        assertThat(follow(link(invited.person().email()))).isRefused(400, "organization_invitation_already_accepted");
    }

    @Test
    void theLinkLeadsToSignInOrSignUpAndUsesNothingUp() {
        invite(invited.person().email());
        for (int i = 0; i < 2; i++) {
            Answer followed = follow(link(invited.person().email()));
            assertThat(followed.status()).isEqualTo(303);
            assertThat(followed.header("location"))
                    .hasValueSatisfying(url -> assertThat(url)
                            .startsWith(usher.url() + "/?__clerk_ticket=")
                            .endsWith("&__clerk_status=sign_in#/sign-in"));
        }
        String stranger = "nobody-yet@example.com";
        invite(stranger);
        assertThat(follow(link(stranger)).header("location").orElse(""))
                .startsWith(usher.url() + "/?__clerk_ticket=")
                .endsWith("&__clerk_status=sign_up#/sign-up");
        assertThat(usher.get("/v1/tickets/accept?ticket=guess")).isRefused(400, "ticket_invalid_code");
        assertThat(usher.get("/v1/tickets/accept")).isRefused(400, "ticket_invalid_code");
    }

    @Test
    void nobodyElseAcceptsOrSeesIt() {
        String id = invite(invited.person().email()).string("/response/id");
        Member thief = Member.signedUp(usher);
        assertThat(accept(thief, id)).isRefused(404, "organization_invitation_not_found");
        assertThat(thief.browser().get("/v1/me/organization_invitations")).has("/response/total_count", "0");
        assertThat(accept(owner, "orginv_2xAAAAAAAAAAAAAAAAAAAAAAAAA"))
                .isRefused(404, "organization_invitation_not_found");
    }

    @Test
    void whatWasTakenBackIsWorthNothing() {
        String id = invite(invited.person().email()).string("/response/id");
        assertThat(owner.browser().post(path("/invitations/" + id + "/revoke")))
                .isOk()
                .has("/response/status", "revoked");
        assertThat(owner.browser().post(path("/invitations/" + id + "/revoke")))
                .isRefused(404, "organization_invitation_not_pending");
        assertThat(accept(invited, id)).isRefused(400, "organization_invitation_revoked_code");
        assertThat(follow(link(invited.person().email()))).isRefused(400, "organization_invitation_revoked_code");
        assertThat(invite(invited.person().email())).isOk();
    }

    @Test
    void itLastsThirtyDays() {
        String id = invite(invited.person().email()).string("/response/id");
        usher.advance(Duration.ofDays(30));
        assertThat(accept(invited, id)).isRefused(400, "ticket_expired_code");
        assertThat(follow(link(invited.person().email()))).isRefused(400, "ticket_expired_code");
        assertThat(owner.browser().get(path("/invitations?status=expired"))).has("/response/data/0/id", id);
        assertThat(owner.browser().get(path("/invitations?status=pending"))).has("/response/total_count", "0");
        assertThat(invite(invited.person().email())).isOk();
    }

    @Test
    void nobodyIsInvitedTwiceOrAsAMember() {
        invite("twice@example.com");
        Answer again = invite("Twice@Example.com");
        assertThat(again).isRefused(400, "duplicate_record");
        assertThat(again).has("/errors/0/meta/email_addresses/0", "twice@example.com");
        Answer member = invite(owner.person().email());
        assertThat(member).isRefused(400, "already_a_member_in_organization");
        assertThat(member.string("/errors/0/long_message"))
                .contains(owner.person().email());
        assertThat(invite("no address")).isRefused(422, "form_param_format_invalid", "email_address");
    }

    @Test
    void manyAreInvitedTogetherOrNoneIs() {
        Answer made = bulk("a@example.com", "b@example.com");
        assertThat(made).isOk().has("/response/1/email_address", "b@example.com");
        assertThat(bulk("c@example.com", "a@example.com")).isRefused(400, "duplicate_record");
        assertThat(bulk("c@example.com", "C@example.com")).isRefused(422, "form_param_duplicate");
        assertThat(bulk("c@example.com", "d@example.com", "e@example.com"))
                .isRefused(403, "organization_membership_quota_exceeded");
        assertThat(owner.browser().get(path("/invitations/pending")).at("/response"))
                .hasSize(2);
        assertThat(bulk("c@example.com", "d@example.com")).isOk();
    }

    private Answer bulk(String... addresses) {
        String[] form = new String[addresses.length * 2 + 2];
        for (int i = 0; i < addresses.length; i++) {
            form[2 * i] = "email_address";
            form[2 * i + 1] = addresses[i];
        }
        form[form.length - 2] = "role";
        form[form.length - 1] = "org:member";
        return owner.browser().post(path("/invitations/bulk"), form);
    }

    @Test
    void whoWasTakenInOtherwiseIsInvitedNoLonger() {
        String id = invite(invited.person().email()).string("/response/id");
        owner.adds(organization, invited, "org:admin");
        assertThat(accept(invited, id)).isRefused(400, "organization_invitation_already_accepted");
        assertThat(owner.browser().get(path(""))).has("/response/pending_invitations_count", "0");
    }

    // Races.

    @RepeatedTest(10)
    void manyAcceptancesMakeOneMember() {
        String id = invite(invited.person().email()).string("/response/id");
        List<Answer> answers = Crowd.of(12, i -> {
            Fapi one = invited.browser().copy();
            return () -> one.post("/v1/me/organization_invitations/" + id + "/accept");
        });
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(owner.browser().get(path(""))).has("/response/members_count", "2");
    }

    @RepeatedTest(10)
    void twoInChargeDoNotRemoveEachOther() {
        owner.adds(organization, invited, "org:admin");
        List<Member> both = List.of(owner, invited);
        List<Answer> answers = Crowd.of(2, i -> {
            Fapi one = both.get(i).browser().copy();
            String victim = both.get(1 - i).userId();
            return () -> one.delete(path("/memberships/" + victim));
        });
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    }
}
