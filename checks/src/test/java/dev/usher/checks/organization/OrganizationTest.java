package dev.usher.checks.organization;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Pixels;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An organization from its making to its end. */
class OrganizationTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory("""
            instance:
              organizations:
                maximum-per-user: 40
                maximum-members: 3
            """);

    private static Member owner;
    private static Member other;

    @BeforeAll
    static void twoPeopleAreSignedIn() {
        owner = Member.signedUp(usher);
        other = Member.signedUp(usher);
    }

    private static String path(String organization) {
        return "/v1/organizations/" + organization;
    }

    @Test
    void whoMakesOneIsItsAdmin() {
        Answer made = owner.browser().post("/v1/organizations", "name", "Acme, Inc.", "slug", "acme-1");
        assertThat(made)
                .isOk()
                .has("/response/object", "organization")
                .has("/response/name", "Acme, Inc.")
                .has("/response/slug", "acme-1")
                .has("/response/members_count", "1")
                .has("/response/pending_invitations_count", "0")
                .has("/response/max_allowed_memberships", "3")
                .has("/response/has_image", "false")
                .has("/response/public_metadata", "{}");
        assertThat(made.string("/response/id")).startsWith("org_");
        assertThat(made).has("/client/sessions/0/user/organization_memberships/0/organization/slug", "acme-1");
        assertThat(made.text()).doesNotContain("private_metadata");
    }

    @Test
    void withoutASlugOneIsMadeFromTheName() {
        Answer made = owner.browser().post("/v1/organizations", "name", "Ünï & Söhne");
        assertThat(made.string("/response/slug")).matches("n-s-hne-\\d+");
    }

    @ParameterizedTest
    @CsvSource({
        "'', form_param_nil, name",
        "'   ', form_param_nil, name",
    })
    void aNameIsNeeded(String name, String code, String param) {
        assertThat(owner.browser().post("/v1/organizations", "name", name)).isRefused(422, code, param);
        assertThat(owner.browser().post("/v1/organizations")).isRefused(422, "form_param_missing", "name");
    }

    @Test
    void aNameHasItsLimits() {
        assertThat(owner.browser().post("/v1/organizations", "name", "x".repeat(257)))
                .isRefused(422, "form_param_max_length_exceeded", "name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acme", "-acme", "acme-", "ac me", "acme_1", "org_1", "ä", "a/b"})
    void aSlugIsLowerCaseLettersDigitsAndDashes(String slug) {
        assertThat(owner.browser().post("/v1/organizations", "name", "Acme", "slug", slug))
                .isRefused(422, "form_param_format_invalid", "slug");
    }

    @Test
    void aSlugIsTakenOnce() {
        String mine = owner.creates("Mine");
        Fapi.require(other.browser().post("/v1/organizations", "name", "Theirs", "slug", "taken"));
        assertThat(owner.browser().post("/v1/organizations", "name", "Ours", "slug", "taken"))
                .isRefused(422, "form_identifier_exists", "slug");
        assertThat(owner.browser().patch(path(mine), "slug", "taken")).isRefused(422, "form_identifier_exists", "slug");
        assertThat(owner.browser().patch(path(mine), "slug", "free", "name", "Renamed"))
                .isOk()
                .has("/response/slug", "free")
                .has("/response/name", "Renamed");
        assertThat(owner.browser().patch(path(mine), "slug", "free")).isOk();
    }

    @Test
    void onePersonMakesSoManyAndNoMore() {
        Member eager = Member.signedUp(usher);
        for (int i = 0; i < 40; i++) eager.creates("One of many");
        assertThat(eager.browser().post("/v1/organizations", "name", "One too many"))
                .isRefused(403, "organization_quota_exceeded");
    }

    // Pictures.

    private static Call put(String organization) {
        return owner.browser().call("POST", path(organization) + "/logo?_method=PUT");
    }

    @Test
    void aPictureComesByFormBytesOrDataUrlAndIsServedForGood() {
        String organization = owner.creates("Pictured");
        byte[] dataUrl = ("data:image/gif;base64," + Base64.getEncoder().encodeToString(Pixels.GIF))
                .getBytes(StandardCharsets.US_ASCII);
        assertShown(Pixels.form(put(organization), Pixels.PNG), Pixels.PNG, "image/png");
        assertShown(Pixels.raw(put(organization), Pixels.GIF), Pixels.GIF, "image/gif");
        assertShown(Pixels.raw(put(organization), dataUrl), Pixels.GIF, "image/gif");
        assertThat(owner.browser().delete(path(organization) + "/logo")).isOk().has("/response/deleted", "true");
        assertThat(owner.browser().get(path(organization))).has("/response/has_image", "false");
    }

    private static void assertShown(Call upload, byte[] picture, String type) {
        Answer done = owner.browser().send(upload);
        assertThat(done).isOk().has("/response/has_image", "true");
        String url = done.string("/response/image_url");
        assertThat(url).startsWith(usher.url());
        Answer shown = usher.get(url.substring(usher.url().length()));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.bytes()).isEqualTo(picture);
        assertThat(shown.header("content-type")).hasValue(type);
        assertThat(shown.header("cache-control"))
                .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
        assertThat(shown.header("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void whatIsNoPictureOrTooLargeIsRefused() {
        String organization = owner.creates("Strict");
        assertThat(owner.browser().send(Pixels.form(put(organization), Pixels.SCRIPT)))
                .isRefused(400, "request_body_invalid");
        assertThat(owner.browser().send(Pixels.raw(put(organization), new byte[0])))
                .isRefused(400, "request_body_invalid");
        byte[] large = Arrays.copyOf(Pixels.PNG, 10 * 1024 * 1024 + 1);
        assertThat(owner.browser().send(Pixels.raw(put(organization), large))).isRefused(413, "image_too_large");
        assertThat(owner.browser().send(Pixels.as(put(organization), "image/png", Pixels.PNG)))
                .isRefused(415, "unsupported_content_type");
        assertThat(owner.browser().get(path(organization))).has("/response/has_image", "false");
    }

    @Test
    void aPictureGoesWithItsOrganization() {
        String organization = owner.creates("Gone");
        String url =
                owner.browser().send(Pixels.raw(put(organization), Pixels.PNG)).string("/response/image_url");
        Fapi.require(owner.browser().delete(path(organization)));
        assertThat(usher.get(url.substring(usher.url().length())).status()).isEqualTo(404);
    }

    // Members.

    @Test
    void theLastInChargeStays() {
        String organization = owner.creates("Charged");
        String self = path(organization) + "/memberships/" + owner.userId();
        assertThat(owner.browser().patch(self, "role", "org:member"))
                .isRefused(400, "organization_minimum_permissions_needed");
        assertThat(owner.browser().delete(self)).isRefused(400, "organization_minimum_permissions_needed");
        owner.adds(organization, other, "org:member");
        assertThat(owner.browser().delete("/v1/me/organization_memberships/" + organization))
                .isRefused(400, "organization_minimum_permissions_needed");
        Fapi.require(owner.browser().patch(path(organization) + "/memberships/" + other.userId(), "role", "org:admin"));
        assertThat(owner.browser().delete("/v1/me/organization_memberships/" + organization))
                .isOk();
        assertThat(other.browser().get(path(organization))).has("/response/members_count", "1");
    }

    @Test
    void seatsAreLimited() {
        String organization = owner.creates("Small");
        owner.adds(organization, other, "org:member");
        owner.adds(organization, Member.signedUp(usher), "org:member");
        Member late = Member.signedUp(usher);
        assertThat(owner.browser()
                        .post(path(organization) + "/memberships", "user_id", late.userId(), "role", "org:member"))
                .isRefused(403, "organization_membership_quota_exceeded");
        Fapi.require(other.browser().delete("/v1/me/organization_memberships/" + organization));
        owner.adds(organization, late, "org:member");
        assertThat(owner.browser().get(path(organization))).has("/response/members_count", "3");
    }

    @Test
    void nobodyIsAMemberTwiceOrInARoleThatIsNone() {
        String organization = owner.creates("Once");
        owner.adds(organization, other, "org:member");
        Answer twice = owner.browser()
                .post(path(organization) + "/memberships", "user_id", other.userId(), "role", "org:member");
        assertThat(twice).isRefused(400, "already_a_member_in_organization");
        assertThat(twice.string("/errors/0/long_message"))
                .contains(other.person().email());
        String self = path(organization) + "/memberships/" + other.userId();
        assertThat(owner.browser().patch(self, "role", "org:emperor"))
                .isRefused(422, "form_resource_not_found", "role");
    }

    @Test
    void membersAreListedFilteredAndPaged() {
        String organization = owner.creates("Listed");
        owner.adds(organization, other, "org:member");
        String list = path(organization) + "/memberships?paginated=true";
        assertThat(owner.browser().get(list)).isOk().has("/response/total_count", "2");
        assertThat(owner.browser().get(list + "&limit=1&offset=1"))
                .has("/response/total_count", "2")
                .has("/response/data/0/public_user_data/user_id", owner.userId());
        assertThat(owner.browser().get(list + "&role=org:member"))
                .has("/response/total_count", "1")
                .has(
                        "/response/data/0/public_user_data/identifier",
                        other.person().email());
        assertThat(owner.browser().get(list + "&role=org:member,org:admin")).has("/response/total_count", "2");
        String email = other.person().email();
        String name = Wire.encoded(email.substring(1, email.indexOf('@')).toUpperCase(Locale.ROOT));
        assertThat(owner.browser().get(list + "&query=" + name)).has("/response/total_count", "1");
        assertThat(owner.browser().get(list + "&query=%25")).has("/response/total_count", "0");
        assertThat(owner.browser().get(list + "&query=" + owner.userId())).has("/response/total_count", "1");
        assertThat(owner.browser().get(list + "&limit=0")).isRefused(422, "form_param_value_invalid", "limit");
        assertThat(owner.browser().get(list + "&offset=x")).isRefused(422, "form_param_value_invalid", "offset");
        assertThat(owner.browser()
                        .get(path(organization) + "/memberships?paginated=false")
                        .at("/response")
                        .isArray())
                .isTrue();
    }

    @Test
    void whoDeletesTheirAccountFreesTheirSeat() {
        String organization = owner.creates("Left");
        Member leaving = Member.signedUp(usher);
        owner.adds(organization, leaving, "org:member");
        Fapi.require(leaving.browser().delete("/v1/me"));
        assertThat(owner.browser().get(path(organization))).has("/response/members_count", "1");
        assertThat(owner.browser().get(path(organization) + "/memberships")).has("/response/total_count", "1");
    }

    @Test
    void whoseAccountAServerDeletesLeavesToo() {
        String organization = owner.creates("Left by force");
        Member leaving = Member.signedUp(usher);
        owner.adds(organization, leaving, "org:member");
        assertThat(usher.server().delete("/v1/users/" + leaving.userId())).isOk();
        assertThat(owner.browser().get(path(organization))).has("/response/members_count", "1");
        assertThat(leaving.mints(organization).status()).isEqualTo(401);
    }

    @Test
    void rolesAreListedWithTheirPermissions() {
        String organization = owner.creates("Roles");
        Answer roles = owner.browser().get(path(organization) + "/roles");
        assertThat(roles).isOk().has("/response/total_count", "2").has("/response/data/0/key", "org:admin");
        assertThat(roles).has("/response/data/0/is_creator_eligible", "true");
        assertThat(roles).has("/response/data/1/permissions/0/key", "org:sys_billing:read");
        assertThat(roles).has("/response/data/1/permissions/1/type", "system");
    }

    @Test
    void whatIsOffIsEmpty() {
        String organization = owner.creates("Quiet");
        for (String list : new String[] {"/domains", "/membership_requests"})
            assertThat(owner.browser().get(path(organization) + list)).isOk().has("/response/total_count", "0");
        assertThat(owner.browser().get("/v1/me/organization_suggestions?status=pending,accepted"))
                .isOk()
                .has("/response/total_count", "0");
        assertThat(owner.browser().get("/v1/me/organization_creation_defaults")).isOk();
        assertThat(owner.browser().post("/v1/me/organization_suggestions/sug_1/accept"))
                .isRefused(404, "resource_not_found");
    }
}
