package dev.usher.checks.ticket;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Contest;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Otp;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.Wire;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Invitations to the application and to organizations, with the ticket of their link: from the mail to the account. */
class UserInvitationTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.onDisk();

    private Bapi server;
    private Person person;
    private Fapi browser;

    @BeforeEach
    void somebodyHasNoAccount() {
        server = usher.server();
        person = Person.withInbox();
        browser = usher.browser();
    }

    private Answer invite(String more) {
        return invite(person, more);
    }

    private Answer invite(Person guest, String more) {
        return server.post("/v1/invitations", "{\"email_address\":\"" + guest.email() + "\"" + more + "}");
    }

    private static String ticket(Answer invitation) {
        String url = Fapi.require(invitation).string("/url");
        return url.substring(url.indexOf("ticket=") + 7);
    }

    private Answer signUp(Fapi one, String ticket, String... more) {
        String[] form = {"strategy", "ticket", "ticket", ticket};
        String[] all = new String[form.length + more.length];
        System.arraycopy(form, 0, all, 0, form.length);
        System.arraycopy(more, 0, all, form.length, more.length);
        return one.post("/v1/client/sign_ups", all);
    }

    private String inbox() {
        return usher.get("/_usher/inbox.json?limit=1&to=" + Wire.encoded(person.email()))
                .string("/data/0/body");
    }

    @Test
    void theMailsLinkLeadsToAnAccountWithTheMetadata() {
        Answer made = invite(",\"public_metadata\":{\"plan\":\"pro\"}");
        assertThat(made)
                .isOk()
                .has("/object", "invitation")
                .has("/status", "pending")
                .has("/revoked", "false");
        assertThat(inbox()).contains(made.string("/url"));
        Answer followed = usher.get(made.string("/url").substring(usher.url().length()));
        assertThat(followed.header("location").orElse("")).contains("__clerk_status=sign_up#/sign-up");
        Answer begun = signUp(browser, ticket(made));
        assertThat(begun)
                .isOk()
                .has("/response/status", "missing_requirements")
                .has("/response/missing_fields/0", "password")
                .has("/response/email_address", person.email())
                .has("/response/verifications/email_address/status", "verified")
                .has("/response/public_metadata/plan", "pro");
        Answer done =
                browser.patch("/v1/client/sign_ups/" + begun.string("/response/id"), "password", person.password());
        assertThat(done)
                .isOk()
                .has("/response/status", "complete")
                .has("/client/sessions/0/user/public_metadata/plan", "pro")
                .has("/client/sessions/0/user/email_addresses/0/verification/strategy", "ticket");
        assertThat(server.get("/v1/invitations?status=accepted&query=" + Wire.encoded(person.email())))
                .has("/0/id", made.string("/id"));
        assertThat(signUp(usher.browser(), ticket(made))).isRefused(400, "invitation_already_accepted");
    }

    @Test
    void aSignUpOnItsWayTakesATicketToo() {
        String id = Fapi.require(browser.post("/v1/client/sign_ups", "first_name", "Ann"))
                .string("/response/id");
        String ticket = ticket(invite(",\"public_metadata\":{\"plan\":\"pro\"}"));
        String path = "/v1/client/sign_ups/" + id;
        assertThat(browser.patch(path, "strategy", "ticket", "ticket", "nothing"))
                .isRefused(400, "ticket_invalid_code");
        assertThat(browser.patch(path, "strategy", "ticket", "ticket", ticket))
                .isOk()
                .has("/response/email_address", person.email())
                .has("/response/verifications/email_address/status", "verified")
                .has("/response/missing_fields/0", "password");
        String[] again = {"strategy", "ticket", "ticket", ticket, "password", person.password()};
        assertThat(browser.patch(path, again))
                .isOk()
                .has("/response/status", "complete")
                .has("/client/sessions/0/user/first_name", "Ann")
                .has("/client/sessions/0/user/public_metadata/plan", "pro");
        assertThat(signUp(usher.browser(), ticket)).isRefused(400, "invitation_already_accepted");
    }

    @Test
    void anotherPersonsTicketMakesTheirAddressTheOne() {
        String other = Person.fresh().email();
        String id = Fapi.require(browser.post("/v1/client/sign_ups", "email_address", other))
                .string("/response/id");
        String path = "/v1/client/sign_ups/" + id;
        Fapi.require(browser.post(path + "/prepare_verification", "strategy", "email_code"));
        String ticket = ticket(invite(""));
        assertThat(browser.patch(path, "strategy", "ticket", "ticket", ticket))
                .isOk()
                .has("/response/email_address", person.email());
        assertThat(browser.patch(path, "strategy", "ticket", "ticket", ticket, "email_address", other))
                .isOk()
                .has("/response/email_address", other)
                .has("/response/unverified_fields/0", "email_address");
    }

    @Test
    void ofManyWhoAcceptTogetherOneGetsAnAccount() {
        Contest.rounds(3, 50, () -> {
            Person guest = Person.fresh();
            String ticket = ticket(invite(guest, ",\"notify\":false"));
            List<Fapi> browsers = Contest.browsers(usher);
            Contest.winner(
                    Contest::isRefused, i -> () -> signUp(browsers.get(i), ticket, "password", guest.password()));
        });
    }

    @Test
    void anotherAddressNeedsItsOwnProof() {
        String ticket = ticket(invite(""));
        String other = Person.fresh().email();
        Answer begun = signUp(browser, ticket, "email_address", other, "password", person.password());
        assertThat(begun)
                .has("/response/status", "missing_requirements")
                .has("/response/unverified_fields/0", "email_address")
                .has("/response/email_address", other);
        assertThat(signUp(usher.browser(), ticket)).isOk();
    }

    @Test
    void oneAddressIsInvitedOnceAndUsersAreNot() {
        assertThat(invite("")).isOk();
        assertThat(invite("")).isRefused(400, "duplicate_record");
        assertThat(invite(",\"ignore_existing\":true")).isOk();
        Guest guest = Guest.with(usher);
        String body = "{\"email_address\":\"" + guest.person().email() + "\"";
        assertThat(server.post("/v1/invitations", body + "}")).isRefused(422, "form_identifier_exists");
        String ticket = ticket(server.post("/v1/invitations", body + ",\"ignore_existing\":true}"));
        assertThat(signUp(browser, ticket)).isRefused(400, "invitation_account_exists");
        assertThat(Guest.signIn(browser, ticket))
                .isOk()
                .has("/response/status", "complete")
                .has("/client/sessions/0/user/id", guest.userId());
        assertThat(Guest.signIn(usher.browser(), ticket)).isRefused(400, "invitation_already_accepted");
    }

    @Test
    void whoHasNoAccountIsSentToTheSignUp() {
        assertThat(Guest.signIn(browser, ticket(invite("")))).isRefused(400, "invitation_account_not_exists");
    }

    @Test
    void canBeTakenBackAndExpires() {
        Answer made = invite("");
        String revoke = "/v1/invitations/" + made.string("/id") + "/revoke";
        assertThat(server.post(revoke, "")).isOk().has("/status", "revoked").has("/revoked", "true");
        assertThat(server.post(revoke, "")).isRefused(400, "invitation_already_revoked");
        assertThat(signUp(browser, ticket(made))).isRefused(400, "revoked_invitation");
        String late = ticket(invite(",\"expires_in_days\":1"));
        usher.advance(Duration.ofDays(1));
        assertThat(signUp(browser, late)).isRefused(400, "ticket_expired_code");
        assertThat(invite("")).isOk();
        assertThat(server.post("/v1/invitations/inv_nobody/revoke", "")).isRefused(404, "resource_not_found");
    }

    @Test
    void whatWasTakenBackMeanwhileMakesNoAccount() {
        Answer made = invite("");
        String id = Fapi.require(signUp(browser, ticket(made))).string("/response/id");
        Fapi.require(server.post("/v1/invitations/" + made.string("/id") + "/revoke", ""));
        assertThat(browser.patch("/v1/client/sign_ups/" + id, "password", person.password()))
                .isRefused(400, "revoked_invitation");
    }

    @Test
    void manyAreInvitedTogetherOrNone() {
        String[] addresses = {Person.withInbox().email(), Person.withInbox().email()};
        String both = "[{\"email_address\":\"%s\"},{\"email_address\":\"%s\"}]";
        assertThat(server.post("/v1/invitations/bulk", both.formatted(addresses[0], addresses[0])))
                .isRefused(400, "duplicate_record");
        Answer made = server.post("/v1/invitations/bulk", both.formatted(addresses[0], addresses[1]));
        assertThat(made).isOk().has("/1/email_address", addresses[1]);
        Answer page = server.get(
                "/v1/invitations?paginated=true&limit=1&order_by=email_address&query=" + Wire.encoded(addresses[0]));
        assertThat(page).isOk().has("/total_count", "1").has("/data/0/email_address", addresses[0]);
    }

    // Organizations.

    private String toOrganization(String address) {
        Guest owner = Guest.with(usher);
        String organization = Fapi.require(server.post(
                        "/v1/organizations", "{\"name\":\"Club\",\"created_by\":\"" + owner.userId() + "\"}"))
                .string("/id");
        return ticket(server.post(
                "/v1/organizations/" + organization + "/invitations",
                "{\"email_address\":\"%s\",\"role\":\"org:member\"}".formatted(address)));
    }

    @Test
    void anOrganizationsTicketMakesAccountAndMembershipAtOnce() {
        Answer done = signUp(browser, toOrganization(person.email()), "password", person.password());
        assertThat(done)
                .isOk()
                .has("/response/status", "complete")
                .has("/client/sessions/0/user/organization_memberships/0/organization/name", "Club");
    }

    @Test
    void anOrganizationsTicketSignsAUserInAndMakesThemAMember() {
        Guest guest = Guest.with(usher);
        String ticket = toOrganization(guest.person().email());
        assertThat(Guest.signIn(browser, ticket))
                .isOk()
                .has("/response/status", "complete")
                .has("/client/sessions/0/user/organization_memberships/0/organization/name", "Club");
        assertThat(Guest.signIn(usher.browser(), ticket)).isRefused(400, "organization_invitation_already_accepted");
    }

    @Test
    void aSecondFactorIsAskedForBeforeAnInvitationIsUsedUp() {
        Guest guest = Guest.with(usher);
        Fapi own = usher.browser();
        own.signIn(guest.person());
        var otp = new Otp(Fapi.require(own.post("/v1/me/totp")).string("/response/secret"));
        Fapi.require(own.post("/v1/me/totp/attempt_verification", "code", otp.at(usher.now())));
        String ticket = toOrganization(guest.person().email());
        Answer half = Guest.signIn(browser, ticket);
        assertThat(half).isOk().has("/response/status", "needs_second_factor");
        assertThat(browser.sessions()).isEmpty();
        usher.advance(Duration.ofSeconds(30));
        assertThat(browser.post(
                        "/v1/client/sign_ins/" + half.string("/response/id") + "/attempt_second_factor",
                        "strategy",
                        "totp",
                        "code",
                        otp.at(usher.now())))
                .isOk()
                .has("/response/status", "complete")
                .has("/client/sessions/0/user/organization_memberships/0/organization/name", "Club");
        String signInToken = guest.signInToken("").string("/token");
        assertThat(Guest.signIn(usher.browser(), signInToken)).isOk().has("/response/status", "complete");
    }
}
