package dev.usher.checks.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Contract;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.webhook.Receiver.Told;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every event is of the published shape, and tells of what happened once it has. */
class WebhookTest {
    private static final Receiver app = new Receiver();

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory(app.declared());

    @AfterAll
    static void close() {
        app.close();
    }

    private static Told published(Told told) {
        assertThat(Contract.published().judgeEvent(told.json())).as(told.body()).isEmpty();
        assertThat(told.json().path("object").asString("")).isEqualTo("event");
        assertThat(told.json().path("instance_id").asString("")).startsWith("ins_");
        return told;
    }

    private static String userOf(Told session) {
        return session.json().at("/data/user_id").asString("");
    }

    @Test
    void aSignUpTellsOfTheUserTheSessionAndTheMessage() {
        Person person = Person.withInbox();
        Fapi browser = usher.browser();
        String sessionId = browser.signUp(person);
        Told session = published(app.next("session.created", sessionId));
        assertThat(session.json().at("/data/status").asString()).isEqualTo("active");
        assertThat(session.json()
                        .at("/data/user/email_addresses/0/email_address")
                        .asString())
                .isEqualTo(person.email());
        assertThat(session.json().at("/event_attributes/http_request/client_ip").asString())
                .isEqualTo("127.0.0.1");
        published(app.next("user.created", userOf(session)));
        Told mail = published(app.next(told -> told.type().equals("email.created")
                && told.json().at("/data/to_email_address").asString("").equals(person.email())));
        assertThat(mail.json().at("/data/data/otp_code").asString()).isEqualTo(usher.codeFor(person));
        Fapi.require(browser.session(sessionId, "end"));
        assertThat(published(app.next("session.ended", sessionId))
                        .json()
                        .at("/data/status")
                        .asString())
                .isEqualTo("ended");
        assertThat(app.rest()).noneMatch(told -> told.type().equals("session.pending"));
    }

    @Test
    void serversChangesTellOfUsersAndOfTheSessionsThatGoWithThem() {
        String sessionId = usher.browser().signUp(Person.fresh());
        String userId = userOf(app.next("session.created", sessionId));
        Bapi server = usher.server();
        Fapi.require(
                server.patch("/v1/users/" + userId, "{\"first_name\":\"Ann\",\"external_id\":\"x-" + userId + "\"}"));
        Told updated = published(app.next(told -> told.type().equals("user.updated")
                && told.json().at("/data/first_name").asString("").equals("Ann")));
        assertThat(updated.json().at("/data/id").asString()).isEqualTo(userId);
        Fapi.require(server.delete("/v1/users/" + userId));
        published(app.next("session.revoked", sessionId));
        Told deleted = published(app.next("user.deleted", userId));
        assertThat(deleted.json().at("/data/deleted").asBoolean()).isTrue();
        assertThat(deleted.json().at("/data/external_id").asString()).isEqualTo("x-" + userId);
    }

    @Test
    void organizationsTellOfThemselvesTheirMembersAndInvitations() {
        String owner = userOf(app.next("session.created", usher.browser().signUp(Person.fresh())));
        Bapi server = usher.server();
        String id = Fapi.require(
                        server.post("/v1/organizations", "{\"name\":\"Acme\",\"created_by\":\"" + owner + "\"}"))
                .string("/id");
        published(app.next("organization.created", id));
        published(app.next(told -> told.type().equals("organizationMembership.created")
                && told.json().at("/data/organization/id").asString("").equals(id)));
        Fapi.require(server.patch("/v1/organizations/" + id, "{\"name\":\"Acme Ltd\"}"));
        published(app.next("organization.updated", id));
        String invitation = Fapi.require(server.post(
                        "/v1/organizations/" + id + "/invitations",
                        "{\"email_address\":\"guest+clerk_test@example.com\",\"role\":\"org:member\",\"inviter_user_id\":\""
                                + owner + "\"}"))
                .string("/id");
        published(app.next("organizationInvitation.created", invitation));
        Fapi.require(server.post(
                "/v1/organizations/" + id + "/invitations/" + invitation + "/revoke",
                "{\"requesting_user_id\":\"" + owner + "\"}"));
        published(app.next("organizationInvitation.revoked", invitation));
        Fapi.require(server.delete("/v1/organizations/" + id));
        published(app.next("organization.deleted", id));
    }

    @Test
    void anAcceptedInvitationTellsWhoAcceptedIt() {
        String owner = userOf(app.next("session.created", usher.browser().signUp(Person.fresh())));
        Person guest = Person.fresh();
        Fapi browser = usher.browser();
        String guestId = userOf(app.next("session.created", browser.signUp(guest)));
        Bapi server = usher.server();
        String id = Fapi.require(
                        server.post("/v1/organizations", "{\"name\":\"Guests\",\"created_by\":\"" + owner + "\"}"))
                .string("/id");
        String invitation = Fapi.require(server.post(
                        "/v1/organizations/" + id + "/invitations",
                        "{\"email_address\":\"" + guest.email() + "\",\"role\":\"org:member\"}"))
                .string("/id");
        Fapi.require(browser.post("/v1/me/organization_invitations/" + invitation + "/accept"));
        Told accepted = published(app.next("organizationInvitation.accepted", invitation));
        assertThat(accepted.json().at("/data/user_id").asString()).isEqualTo(guestId);
        assertThat(accepted.json().at("/data/data/public_organization_data/id").asString())
                .isEqualTo(id);
        Fapi.require(server.delete("/v1/organizations/" + id + "/memberships/" + guestId));
        published(app.next(told -> told.type().equals("organizationMembership.deleted")
                && told.json().at("/data/public_user_data/user_id").asString("").equals(guestId)));
    }

    @Test
    void theDevelopmentPageShowsWhatWasTold() {
        Told told = app.next("session.created", usher.browser().signUp(Person.fresh()));
        assertThat(usher.get("/_usher/webhooks.json").text()).contains(told.id());
        assertThat(usher.get("/_usher/webhooks").status()).isEqualTo(200);
    }

    @Test
    void rolesAndPermissionsTellOfThemselves() {
        Bapi server = usher.server();
        String permission = Fapi.require(server.post(
                        "/v1/organization_permissions",
                        "{\"name\":\"Read\",\"key\":\"org:hooks:read\",\"description\":\"\"}"))
                .string("/id");
        published(app.next("permission.created", permission));
        String role = Fapi.require(server.post(
                        "/v1/organization_roles",
                        "{\"name\":\"Hook\",\"key\":\"org:hook\",\"description\":\"\",\"permissions\":[\"" + permission
                                + "\"]}"))
                .string("/id");
        published(app.next("role.created", role));
        Fapi.require(server.delete("/v1/organization_roles/" + role));
        published(app.next("role.deleted", role));
    }

    @Test
    void whatIsRefusedIsNotTold() {
        String before = userOf(app.next("session.created", usher.browser().signUp(Person.fresh())));
        Bapi server = usher.server();
        assertThat(server.patch("/v1/users/" + before, "{\"username\":\"12\",\"first_name\":\"Nobody\"}")
                        .status())
                .isEqualTo(422);
        Fapi.require(server.patch("/v1/users/" + before, "{\"first_name\":\"Somebody\"}"));
        app.next(told -> told.json().at("/data/first_name").asString("").equals("Somebody"));
        assertThat(app.rest())
                .noneMatch(
                        told -> told.json().at("/data/first_name").asString("").equals("Nobody"));
    }

    @Test
    void anEventThatIsNotTakenComesAgainUnderItsIdWithAFreshTime() {
        String userId = userOf(app.next("session.created", usher.browser().signUp(Person.fresh())));
        app.answers(500);
        Fapi.require(usher.server().patch("/v1/users/" + userId, "{\"first_name\":\"Again\"}"));
        Told first = app.next(told -> isNamed(told, userId));
        app.answers(204);
        for (int tries = 0; tries < 3; tries++) usher.advance(Duration.ofSeconds(6));
        Told second = app.next(told -> isNamed(told, userId));
        assertThat(second.id()).isEqualTo(first.id()).startsWith("msg_");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().get("svix-timestamp"))
                .isGreaterThan(first.headers().get("svix-timestamp"));
    }

    private static boolean isNamed(Told told, String userId) {
        return told.type().equals("user.updated")
                && told.json().at("/data/first_name").asString("").equals("Again")
                && told.json().at("/data/id").asString("").equals(userId);
    }

    @Test
    void bothFamiliesOfHeadersSayTheSame() {
        Told told = app.next("session.created", usher.browser().signUp(Person.fresh()));
        for (String name : List.of("id", "timestamp", "signature"))
            assertThat(told.headers().get("webhook-" + name))
                    .isNotBlank()
                    .isEqualTo(told.headers().get("svix-" + name));
        assertThat(told.headers().get("content-type")).startsWith("application/json");
    }
}
